using System.Text.Json.Nodes;

namespace MessagesSimulator.Wire;

/// <summary>The usage object in its three places.</summary>
internal static class UsageJson
{
    private const int Placeholder = 3; // A stream begins with a small figure for the output, not with 0.

    public static JsonObject Whole(ServedAnswer served)
    {
        var usage = Full(served, served.Usage.OutputTokens);
        AddDetails(usage, served);
        return usage;
    }

    public static JsonObject Opening(ServedAnswer served) => Full(served, Math.Min(Placeholder, served.Usage.OutputTokens));

    /// <summary>The usage of <c>message_delta</c>: the input side again, but no split by lifetime, no tier, no geography.</summary>
    /// <param name="served">The answer.</param>
    /// <returns>The usage.</returns>
    public static JsonObject Delta(ServedAnswer served)
    {
        var usage = Input(served);
        usage["output_tokens"] = served.Usage.OutputTokens;
        AddDetails(usage, served);
        return usage;
    }

    private static JsonObject Full(ServedAnswer served, int outputTokens)
    {
        var usage = Input(served);
        usage["cache_creation"] = new JsonObject
        {
            ["ephemeral_5m_input_tokens"] = served.Usage.CacheCreation5mInputTokens,
            ["ephemeral_1h_input_tokens"] = served.Usage.CacheCreation1hInputTokens,
        };
        usage["output_tokens"] = outputTokens;
        usage["service_tier"] = served.ServiceTier;
        usage["inference_geo"] = served.InferenceGeo;
        if (served.Speed is not null)
        {
            usage["speed"] = served.Speed;
        }

        return usage;
    }

    private static JsonObject Input(ServedAnswer served) => new()
    {
        ["input_tokens"] = served.Usage.InputTokens,
        ["cache_creation_input_tokens"] = served.Usage.CacheCreation5mInputTokens + served.Usage.CacheCreation1hInputTokens,
        ["cache_read_input_tokens"] = served.Usage.CacheReadInputTokens,
    };

    private static void AddDetails(JsonObject usage, ServedAnswer served)
    {
        if (served.TellsThinking)
        {
            usage["output_tokens_details"] = new JsonObject { ["thinking_tokens"] = served.Usage.ThinkingTokens };
        }

        if (served.Usage.WebSearchRequests > 0)
        {
            usage["server_tool_use"] = new JsonObject
            {
                ["web_search_requests"] = served.Usage.WebSearchRequests,
                ["web_fetch_requests"] = 0,
            };
        }
    }
}
