/** When a database of ours is healthy: its operator has seen the newest spec, and says Ready. */
export const databaseHealth = `local status = obj.status or {}
if status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = "waiting for the operator" }
end
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Failed" and condition.status == "True" then
    return { status = "Degraded", message = condition.message or "failed" }
  end
  if condition.type == "Ready" and condition.status == "True" then
    return { status = "Healthy", message = condition.message or "" }
  end
end
return { status = "Progressing", message = "not ready yet" }
`;
