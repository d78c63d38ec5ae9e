using System.Runtime.InteropServices;
using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Estimating.Sizing;

/// <summary>Turns a prompt into the features that are counted by. For one prompt.</summary>
internal readonly ref struct PromptFeatures
{
    private readonly SegmentedPrompt _prompt;
    private readonly ReadOnlySpan<byte> _body;
    private readonly ModelOverheads _model;
    private readonly int _loopStart;

    /// <summary>Prepares a prompt.</summary>
    /// <param name="prompt">The prompt; its segments are counted.</param>
    /// <param name="body">The body that it was read from.</param>
    /// <param name="model">The model's overheads.</param>
    public PromptFeatures(SegmentedPrompt prompt, ReadOnlySpan<byte> body, ModelOverheads model)
    {
        _prompt = prompt;
        _body = body;
        _model = model;
        _loopStart = LoopStart(prompt);
    }

    /// <summary>The features of a block.</summary>
    /// <param name="index">The block's place among the prompt's segments.</param>
    /// <param name="doubt">What was doubtful is added to it.</param>
    public FeatureVector Of(int index, ref Doubt doubt)
    {
        var segment = _prompt.Segments[index];
        var features = new FeatureVector();
        switch (segment.Kind)
        {
            case SegmentKind.Tool:
                features[Feature.Tools] = segment.Tokens;
                features[Feature.Tool] = 1;
                break;
            case SegmentKind.ProviderTool:
                OfProviderTool(segment, ref features, ref doubt);
                break;
            case SegmentKind.Thinking:
                features[Feature.Thinking] = IsShown(segment) ? segment.Tokens : 0;
                break;
            case SegmentKind.RedactedThinking:
                doubt |= Doubt.Encrypted;
                break;
            case SegmentKind.ToolUse or SegmentKind.ServerToolUse:
                features[Feature.Text] = segment.Tokens;
                features[Feature.ToolUse] = 1;
                features[Feature.ParallelToolUse] = IsCalledAtOnce(index) ? 1 : 0;
                break;
            case SegmentKind.ToolResult or SegmentKind.ServerToolResult:
                features[Feature.Text] = segment.Tokens;
                features[Feature.ToolResult] = 1;
                doubt |= segment.Kind == SegmentKind.ServerToolResult ? Doubt.Encrypted : Doubt.None;
                break;
            default:
                features[Feature.Text] = segment.Tokens;
                doubt |= segment.Kind == SegmentKind.Unknown ? Doubt.UnknownBlock : Doubt.None;
                break;
        }

        features[Feature.Fixed] += OfMedia(segment, ref doubt);
        return features;
    }

    /// <summary>The features of the request as a whole.</summary>
    /// <param name="parameters">The request's parameters.</param>
    public FeatureVector OfRequest(in PromptParameters parameters)
    {
        var features = new FeatureVector { [Feature.Request] = 1, [Feature.Message] = _prompt.Messages };
        var hasTools = _prompt.Segments.Count > 0 && _prompt.Segments[0].Level == CacheLevel.Tools;
        var isForced = _prompt.ToolChoice is ToolChoice.Any or ToolChoice.Tool;
        if (hasTools)
        {
            features[Feature.Fixed] = isForced ? _model.ForcedToolPrompt : _model.ToolPrompt;
            features[Feature.NamedTool] = _prompt.ToolChoice == ToolChoice.Tool ? 1 : 0;
            features[Feature.Interleaved] = parameters is { IsInterleaved: true, IsThinkingEnabled: true } ? 1 : 0;
        }

        features[Feature.Undefined] = !hasTools && HasToolUse() ? 1 : 0;
        features[Feature.ThinkingEnabled] = parameters.IsThinkingEnabled ? 1 : 0;
        features[Feature.Prefill] = _prompt.Segments is [.., { Role: SegmentRole.Assistant }] ? 1 : 0;
        features[Feature.TaskBudget] = parameters.HasTaskBudget ? 1 : 0;
        OfRoles(ref features);
        features[Feature.Format] = _prompt.OutputSchema.Length > 0 ? 1 : 0;
        features[Feature.Schema] = parameters.SchemaTokens;
        return features;
    }

    private void OfRoles(ref FeatureVector features)
    {
        var (message, role, hasResults) = (-1, SegmentRole.None, false);
        foreach (var segment in _prompt.Segments)
        {
            if (segment.Level != CacheLevel.Messages)
            {
                continue;
            }

            if (segment.Message != message)
            {
                features[Feature.ModelBegins] += message < 0 && segment.Role == SegmentRole.Assistant ? 1 : 0;
                features[Feature.JoinedMessage] += segment.Role == role && !hasResults ? 1 : 0;
                (message, role, hasResults) = (segment.Message, segment.Role, false);
            }

            hasResults |= segment.Kind == SegmentKind.ToolResult;
        }
    }

    // Thinking is shown again where the model keeps it, and always within the tool calls that are not yet answered with text.
    private bool IsShown(in Segment segment) => _model.KeepsThinking || segment.Message >= _loopStart;

    // Calls that are made at once stand in one message, with no result of the provider's tools between them. Nothing is looked at
    // twice: a call before this one, or its result, ends the search.
    private bool IsCalledAtOnce(int index)
    {
        var segments = CollectionsMarshal.AsSpan(_prompt.Segments);
        for (var i = index - 1; i >= 0 && segments[i].Message == segments[index].Message; i--)
        {
            if (segments[i].Kind is SegmentKind.ToolUse or SegmentKind.ServerToolUse)
            {
                return true;
            }

            if (segments[i].Kind == SegmentKind.ServerToolResult)
            {
                return false;
            }
        }

        return false;
    }

    private bool HasToolUse()
    {
        foreach (var segment in _prompt.Segments)
        {
            if (segment.Kind == SegmentKind.ToolUse)
            {
                return true;
            }
        }

        return false;
    }

    private void OfProviderTool(in Segment segment, ref FeatureVector features, ref Doubt doubt)
    {
        if (ProviderTools.TokensOf(TypeOf(segment), _model) is { } known)
        {
            features[Feature.Fixed] = known;
            return;
        }

        doubt |= Doubt.UnknownTool;
        features[Feature.Tools] = segment.Tokens;
        features[Feature.Tool] = 1;
    }

    private ReadOnlySpan<byte> TypeOf(in Segment segment)
    {
        var block = _body.Slice(segment.Start, segment.Length);
        var at = block.IndexOf("\"type\""u8);
        if (at < 0)
        {
            return default;
        }

        var rest = block[(at + "\"type\""u8.Length)..];
        var begin = rest.IndexOf((byte)'"') + 1;
        var end = begin > 0 ? rest[begin..].IndexOf((byte)'"') : -1;
        return end < 0 ? default : rest.Slice(begin, end);
    }

    private long OfMedia(in Segment segment, ref Doubt doubt)
    {
        var tokens = 0L;
        for (var i = segment.Media.First; i < segment.Media.First + segment.Media.Count; i++)
        {
            tokens += MediaTokens.Of(_prompt.Media[i], _body, segment.Hash + (uint)(i - segment.Media.First), _model, ref doubt);
        }

        return tokens;
    }

    // The message behind the last thing that the user said, other than results of tools.
    private static int LoopStart(SegmentedPrompt prompt)
    {
        for (var i = prompt.Segments.Count - 1; i >= 0; i--)
        {
            var segment = prompt.Segments[i];
            if (segment is { Level: CacheLevel.Messages, Role: not SegmentRole.Assistant } and not { Kind: SegmentKind.ToolResult })
            {
                return segment.Message + 1;
            }
        }

        return 0;
    }
}
