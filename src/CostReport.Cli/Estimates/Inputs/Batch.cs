using CostReport.Cli.Arguments;

namespace CostReport.Cli.Estimates.Inputs;

/// <summary>Finds the requests of a message batch: <c>{"requests": [{"custom_id": …, "params": {…}}]}</c>.</summary>
internal static class Batch
{
    /// <summary>The requests of a batch, in its order.</summary>
    /// <param name="list">Its <c>requests</c>.</param>
    public static IEnumerable<FoundRequest> Requests(JsonPart list)
    {
        var elements = JsonParts.Elements(list);
        if (elements.Count == 0)
        {
            throw UserError.Usage("is a batch without requests");
        }

        for (var i = 0; i < elements.Count; i++)
        {
            var members = JsonParts.Members(elements[i]);
            yield return JsonParts.Find(members, "params") is { IsObject: true } parameters
                ? Request(members, parameters)
                : throw UserError.Usage($"is a batch whose requests[{i}] has no params");
        }
    }

    /// <summary>One request of a batch.</summary>
    /// <param name="members">Its members.</param>
    /// <param name="parameters">Its <c>params</c>.</param>
    public static FoundRequest Request(List<JsonPart> members, JsonPart parameters) => new()
    {
        Body = parameters.Text,
        IsBatch = true,
        CustomId = JsonParts.ShortText(JsonParts.Find(members, "custom_id")),
    };
}
