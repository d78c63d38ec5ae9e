using System.Text.Json.Nodes;

namespace MessagesSimulator.Corpus.Drafting;

/// <summary>Sets the breakpoints of a request.</summary>
internal static class Marker
{
    /// <summary>Sets them.</summary>
    /// <param name="body">A request without any.</param>
    /// <param name="marking">Where they are to be.</param>
    public static void Mark(JsonObject body, Marking marking)
    {
        foreach (var (holder, ttl) in Holders(body, marking))
        {
            holder["cache_control"] = ttl is null
                ? new JsonObject { ["type"] = "ephemeral" }
                : new JsonObject { ["type"] = "ephemeral", ["ttl"] = ttl };
        }
    }

    private static (JsonObject Holder, string? Ttl)[] Holders(JsonObject body, Marking marking) => marking switch
    {
        Marking.None => [],
        Marking.Automatic => [(body, null)],
        Marking.LastMessage => [(LastBlock(body, 0), null)],
        Marking.System => [(Last(body, "system"), null)],
        Marking.SystemAndLastMessage => [(Last(body, "system"), null), (LastBlock(body, 0), null)],
        Marking.HourSystemAndLastMessage => [(Last(body, "system"), "1h"), (LastBlock(body, 0), "5m")],
        Marking.HourSystemAndHourLastMessage => [(Last(body, "system"), "1h"), (LastBlock(body, 0), "1h")],
        Marking.Tools => [(Last(body, "tools"), null)],
        Marking.FirstTool => [(body["tools"]![0]!.AsObject(), null)],
        Marking.FirstMessage => [(body["messages"]![0]!["content"]!.AsArray()[^1]!.AsObject(), null)],
        _ =>
        [
            (Last(body, "tools"), null), (Last(body, "system"), null),
            .. Enumerable.Range(1, UserMessages(body) > 1 ? 1 : 0).Select(before => (LastBlock(body, before), (string?)null)),
            (LastBlock(body, 0), null),
        ],
    };

    private static JsonObject Last(JsonObject body, string level) => body[level]!.AsArray()[^1]!.AsObject();

    private static int UserMessages(JsonObject body) => body["messages"]!.AsArray().Count(message => (string?)message!["role"] is "user");

    private static JsonObject LastBlock(JsonObject body, int before) => body["messages"]!.AsArray()
        .Where(message => (string?)message!["role"] is "user")
        .SkipLast(before)
        .Last()!["content"]!.AsArray()[^1]!.AsObject();
}
