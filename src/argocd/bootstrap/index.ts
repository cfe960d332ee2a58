/** What a management cluster starts from. */
export {
  type ClusterInventory,
  clusterInventory,
  type InventoryCluster,
  type InventoryGeneratorOptions,
  type InventoryLabel,
  type InventoryLabels,
  type InventoryParameters,
} from './inventory';
