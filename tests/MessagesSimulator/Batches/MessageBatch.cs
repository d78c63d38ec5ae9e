using System.Globalization;
using System.Text.Json.Nodes;

namespace MessagesSimulator.Batches;

/// <summary>A batch: its requests wait until somebody asks how it is, and are all done then.</summary>
/// <param name="id">Its id.</param>
/// <param name="createdAt">When it was made.</param>
/// <param name="requests">The requests that wait.</param>
internal sealed class MessageBatch(string id, DateTimeOffset createdAt, IReadOnlyList<BatchRequest> requests)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private List<JsonObject>? _results;
    private DateTimeOffset? _endedAt;

    public string Id => id;

    /// <summary>The results, in an order of their own; null while they wait.</summary>
    public IReadOnlyList<JsonObject>? Results
    {
        get
        {
            lock (_gate)
            {
                return _results;
            }
        }
    }

    /// <summary>Does what waits, once.</summary>
    /// <param name="now">The time at which all has ended.</param>
    /// <param name="run">Does one request and gives its <c>result</c>.</param>
    public void End(DateTimeOffset now, Func<BatchRequest, JsonObject> run)
    {
        lock (_gate)
        {
            if (_results is not null)
            {
                return;
            }

            _results = [];
            foreach (var request in requests)
            {
                var result = run(request);
                var type = result["type"]!.GetValue<string>();
                _counts[type] = _counts.GetValueOrDefault(type) + 1;
                _results.Add(new JsonObject { ["custom_id"] = request.CustomId, ["result"] = result });
            }

            // The API promises no order.
            _results.Reverse();
            _endedAt = now;
        }
    }

    /// <summary>The batch as the API tells of it.</summary>
    /// <param name="baseUrl">The server's address.</param>
    /// <returns>The JSON.</returns>
    public JsonObject ToJson(string baseUrl)
    {
        lock (_gate)
        {
            var hasEnded = _results is not null;
            return new JsonObject
            {
                ["id"] = id,
                ["type"] = "message_batch",
                ["processing_status"] = hasEnded ? "ended" : "in_progress",
                ["request_counts"] = new JsonObject
                {
                    ["processing"] = hasEnded ? 0 : requests.Count,
                    ["succeeded"] = _counts.GetValueOrDefault("succeeded"),
                    ["errored"] = _counts.GetValueOrDefault("errored"),
                    ["canceled"] = _counts.GetValueOrDefault("canceled"),
                    ["expired"] = _counts.GetValueOrDefault("expired"),
                },
                ["ended_at"] = Time(_endedAt),
                ["created_at"] = Time(createdAt),
                ["expires_at"] = Time(createdAt + Lifetime),
                ["archived_at"] = null,
                ["cancel_initiated_at"] = null,
                ["results_url"] = hasEnded ? $"{baseUrl}/v1/messages/batches/{id}/results" : null,
            };
        }
    }

    private static string? Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffK", CultureInfo.InvariantCulture);
}
