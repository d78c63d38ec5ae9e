using System.Text.Json;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching;

/// <summary>Tells the parameters of a request that was read already. Looks into the body only where they stand.</summary>
internal static class CacheParametersReader
{
    private const int MaxPlaces = 64;
    private const int MaxToolBytes = 4_096;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>The parameters.</summary>
    /// <param name="request">The request.</param>
    /// <param name="betas">The beta features of the header; those of the body are added.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="body">The body that both were read from.</param>
    public static CacheParameters Read(RequestSnapshot request, IReadOnlyList<string> betas, SegmentedPrompt prompt, ReadOnlySpan<byte> body)
    {
        var (web, places) = WebToolsOf(prompt.Segments, body);
        return new CacheParameters
        {
            Betas = OfSet(betas) ^ OfSet(request.BetasInBody),
            Speed = Of(request.Speed, "standard"),
            Geo = Of(request.InferenceGeo, "global"),
            WebTools = web,
            WebToolPlaces = places,
            HasCitations = HasCitationsIn(prompt.Segments, body),
            ToolChoice = ToolChoiceOf(prompt, body),
            Thinking = Of(request.ThinkingType, "disabled") is var type and not 0 ? Fingerprint.Add(type, request.ThinkingBudget ?? 0) : 0,
            Effort = Of(request.Effort, "high"),
            Format = request.HasOutputFormat ? Fingerprint.Of(Slice(body, prompt.OutputSchema)) | 1 : 0,
            McpServers = JsonFingerprint.Of(Slice(body, prompt.McpServersAt), except: "authorization_token"u8),
            Skills = JsonFingerprint.Of(JsonFingerprint.Member(Slice(body, prompt.ContainerAt), "skills"u8)),
            TaskBudget = TaskBudgetOf(Slice(body, prompt.TaskBudgetAt)),
            ContextManagement = JsonFingerprint.Of(Slice(body, prompt.ContextManagementAt)),
            Images = ImagesOf(prompt.Media),
        };
    }

    // The default, spelled out, is the default.
    private static ulong Of(string? value, string otherwise) =>
        value is null || string.Equals(value, otherwise, StringComparison.OrdinalIgnoreCase) ? 0 : Fingerprint.Of(value);

    // In any order; a feature that is named twice counts twice, which no client does.
    private static ulong OfSet(IReadOnlyList<string> values)
    {
        var set = 0UL;
        for (var i = 0; i < values.Count; i++)
        {
            set += Fingerprint.Of(values[i]);
        }

        return set;
    }

    private static ulong ToolChoiceOf(SegmentedPrompt prompt, ReadOnlySpan<byte> body)
    {
        var value = Slice(body, prompt.ToolChoiceAt);
        var mayRunOneOnly = value.IndexOf("disable_parallel_tool_use"u8) is >= 0 and var at && value[at..].IndexOf("true"u8) >= 0;
        return prompt.ToolChoice switch
        {
            ToolChoice.Auto => mayRunOneOnly ? 1UL : 0,
            ToolChoice.Tool => Fingerprint.Of(value) | 1,
            var choice => ((ulong)choice << 1) | (mayRunOneOnly ? 1UL : 0),
        };
    }

    // Nothing of a budget is spent where the request does not say what is left.
    private static ulong TaskBudgetOf(ReadOnlySpan<byte> budget)
    {
        var total = JsonFingerprint.Of(JsonFingerprint.Member(budget, "total"u8));
        var remaining = JsonFingerprint.Of(JsonFingerprint.Member(budget, "remaining"u8));
        return total == 0 && remaining == 0 ? 0 : Fingerprint.Add(Fingerprint.Add(0, (long)total), (long)(remaining == 0 ? total : remaining));
    }

    private static (ulong Tools, ulong Places) WebToolsOf(List<Segment> segments, ReadOnlySpan<byte> body)
    {
        var (tools, places) = (0UL, 0UL);
        for (var i = 0; i < segments.Count && i < MaxPlaces && segments[i].Level == CacheLevel.Tools; i++)
        {
            if (segments[i].Kind == SegmentKind.ProviderTool && IsWebTool(Slice(body, (segments[i].Start, segments[i].Length))))
            {
                tools += (ulong)segments[i].Hash;
                places |= 1UL << i;
            }
        }

        return (tools, places);
    }

    private static bool IsWebTool(ReadOnlySpan<byte> tool)
    {
        if (tool.Length is 0 or > MaxToolBytes)
        {
            return false;
        }

        var json = new Utf8JsonReader(tool, Options);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = json.ValueSpan.SequenceEqual("type"u8);
            json.Read();
            if (isType && json.TokenType == JsonTokenType.String)
            {
                return json.ValueSpan.StartsWith("web_search_"u8) || json.ValueSpan.StartsWith("web_fetch_"u8);
            }

            json.Skip();
        }

        return false;
    }

    // A document may hold megabytes; the word is looked for, and what stands behind it.
    private static bool HasCitationsIn(List<Segment> segments, ReadOnlySpan<byte> body)
    {
        foreach (ref readonly var segment in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(segments))
        {
            if (segment.Kind != SegmentKind.Document)
            {
                continue;
            }

            var document = Slice(body, (segment.Start, segment.Length));
            if (document.IndexOf("\"citations\""u8) is >= 0 and var at && IsEnabled(document[at..]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEnabled(ReadOnlySpan<byte> member)
    {
        var end = member.IndexOf((byte)'}');
        member = end < 0 ? member : member[..end];
        return member.IndexOf("\"enabled\""u8) >= 0 && member.IndexOf("true"u8) >= 0;
    }

    private static int ImagesOf(List<MediaPart> media)
    {
        var images = 0;
        foreach (var part in media)
        {
            images += part.IsDocument ? 0 : 1;
        }

        return images;
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> body, (int Start, int Length) range) =>
        range.Length > 0 && range.Start >= 0 && range.Start <= body.Length - range.Length ? body.Slice(range.Start, range.Length) : default;
}
