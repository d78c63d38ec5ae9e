using System.Text;
using Telemetry.Handler.Messages;

namespace Telemetry.Handler.Tests.Messages;

/// <summary>Feeds answers to parsers, cut in every way, and writes down all that they tell.</summary>
internal static class Feeding
{
    public static AnswerFacts Stream(string text) => Whole(AnswerKind.MessageStream, Encoding.UTF8.GetBytes(text));

    public static AnswerFacts Body(string text, AnswerKind kind = AnswerKind.MessageBody) => Whole(kind, Encoding.UTF8.GetBytes(text));

    public static AnswerFacts Whole(AnswerKind kind, ReadOnlySpan<byte> bytes, string? encoding = null)
    {
        var parser = Parser(kind, encoding);
        parser.Feed(bytes);
        parser.Complete();
        return parser.Facts;
    }

    public static AnswerFacts ByteByByte(AnswerKind kind, ReadOnlySpan<byte> bytes, string? encoding = null)
    {
        var parser = Parser(kind, encoding);
        foreach (var one in bytes)
        {
            parser.Feed([one]);
        }

        parser.Complete();
        return parser.Facts;
    }

    public static AnswerFacts InTwo(AnswerKind kind, ReadOnlySpan<byte> bytes, int cut, string? encoding = null)
    {
        var parser = Parser(kind, encoding);
        parser.Feed(bytes[..cut]);
        parser.Feed(bytes[cut..]);
        parser.Complete();
        return parser.Facts;
    }

    public static AnswerFacts AtRandom(AnswerKind kind, ReadOnlySpan<byte> bytes, Random random, int longest = 400, string? encoding = null)
    {
        var parser = Parser(kind, encoding);
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(bytes.Length, random.Next(1, longest));
            parser.Feed(bytes[..length]);
            bytes = bytes[length..];
        }

        parser.Complete();
        return parser.Facts;
    }

    public static AnswerParser Parser(AnswerKind kind, string? encoding = null, TimeProvider? time = null, IMilestoneSink? milestones = null) =>
        AnswerParser.Create(kind, encoding, time ?? new StoppedTime(), 0, milestones);

    /// <summary>Everything that is known, in one text that can be compared.</summary>
    public static string Tell(AnswerFacts facts)
    {
        var usage = facts.Usage;
        var iterations = string.Join(" ", usage.Iterations);
        return $"""
            {facts.MessageId} {facts.Model} {facts.StopReason} {facts.RefusalCategory} final:{facts.OutputIsFinal} usage:{facts.HasUsage}
            {usage with { Iterations = [] }} [{iterations}]
            {facts.ErrorType} {facts.ErrorCode} {facts.RequestIdFromBody} {facts.PromptTokensFromError} {facts.InputTokensCounted}
            start:{facts.SawMessageStart} delta:{facts.SawMessageDelta} stop:{facts.SawMessageStop} error:{facts.SawErrorEvent} whole:{facts.IsComplete}
            events:{facts.Events} pings:{facts.Pings} blocks:{facts.ContentBlocks} deltas:{facts.Deltas} unknown:{facts.UnknownEvents}
            after:{facts.EventsAfterStop} starts:{facts.DuplicateMessageStarts} first:{facts.FirstEvent} content:{facts.FirstContent}
            {facts.Received} hidden:{facts.HiddenThinking} estimated:{facts.EstimatedThinkingTokens}
            edited:{facts.ContextEdited} compacted:{facts.Compacted} cache:{facts.CacheDiagnosis} {facts.CacheMissedInputTokens}
            {facts.InvocationMetrics}
            {string.Join(",", facts.FaultNames)}
            """;
    }
}
