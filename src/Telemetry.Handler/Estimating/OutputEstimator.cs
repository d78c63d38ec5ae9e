using CostLedger.Records;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Estimating;

/// <summary>
/// Concludes the output of an answer that was cut off from what was received of it: the provider bills what was generated, but
/// its count comes only with the last events. The ratios are bytes of UTF-8 a token over the vocabularies and languages
/// measured: English prose has about 3.0 (models since 4.7) to 4.2 (older vocabularies), JSON about 3, Chinese and Japanese
/// about 2.5; the bounds take the extremes.
/// </summary>
internal static class OutputEstimator
{
    private const string Tokenizer = "bytes";
    private const double BytesPerToken = 3.4;
    private const double MostBytesPerToken = 6.5;
    private const double FewestBytesPerToken = 1.2;

    // Generation runs ahead of what has been read: what was on its way when the caller stopped is billed too.
    private const long TokensInFlight = 64;

    public static TokenEstimate Estimate(AnswerFacts facts, RequestSnapshot request)
    {
        var received = facts.Received;
        var bytes = received.Text + received.Thinking + received.ToolInput + received.Compaction;
        var thinking = facts.EstimatedThinkingTokens ?? 0;
        var placeholder = facts.Usage.OutputTokens ?? 0;
        var low = Math.Max(placeholder, Tokens(bytes, MostBytesPerToken));
        var tokens = Math.Max(low, Tokens(bytes, BytesPerToken) + thinking);
        var high = Math.Max(tokens, Tokens(bytes, FewestBytesPerToken) + thinking) + TokensInFlight;
        return new TokenEstimate
        {
            OutputTokens = Limit(tokens, request.MaxTokens, low),
            OutputTokensLow = low,
            OutputTokensHigh = facts.HiddenThinking ? HiddenHigh(high, request.MaxTokens) : Limit(high, request.MaxTokens, low),
            Tokenizer = Tokenizer,
        };
    }

    private static long Tokens(long bytes, double bytesPerToken) => (long)Math.Ceiling(bytes / bytesPerToken);

    // More than was asked for is never generated; yet what was surely received counts, whatever was asked.
    private static long Limit(long tokens, long? maxTokens, long low) => maxTokens is { } max ? Math.Max(low, Math.Min(tokens, max)) : tokens;

    // Thinking that is not shown can have used everything that was allowed.
    private static long HiddenHigh(long high, long? maxTokens) => Math.Max(high, maxTokens ?? high);
}
