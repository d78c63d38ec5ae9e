using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Recording;

namespace Telemetry.Handler.Progress;

/// <summary>What an answer costs at a number of output tokens: priced once by the rules, from there on in a straight line.</summary>
/// <param name="base">The cost at <paramref name="told"/> tokens; null without a price.</param>
/// <param name="told">The output tokens that the provider told; zero before it did.</param>
/// <param name="perMillion">What a million more cost.</param>
/// <param name="inputTokens">The whole prompt, told or estimated; null when not known.</param>
internal readonly struct RunningPrice(NanoUsd? @base, long told, NanoUsd perMillion, long? inputTokens)
{
    private const long Million = 1_000_000;
    private const string Refusal = "refusal";

    public long? InputTokens => inputTokens;

    /// <summary>Prices what is known of a call.</summary>
    public static RunningPrice Of(CallSketch sketch, PriceBook prices)
    {
        var record = RecordAssembler.InFlight(sketch);
        var usage = record.Usage ?? new TokenUsage();
        var input = usage.TotalInputTokens ?? record.Estimate?.InputTokens;
        usage = usage.TotalInputTokens is null ? usage with { InputTokens = input } : usage;
        var told = usage.OutputTokens ?? 0;

        // As if the answer ended here: once the output was told, the same sum that its record will have.
        var request = PricingRequest.From(record);
        request = request with
        {
            Estimate = null,
            Outcome = string.Equals(record.StopReason, Refusal, StringComparison.Ordinal) ? CallOutcome.Refused : CallOutcome.Success,
            HasOutput = usage.OutputTokens is null ? true : request.HasOutput,
        };
        var at = Price(prices, request, usage, told);
        var above = Price(prices, request, usage, told + Million);
        return new RunningPrice(at, told, at is { } low && above is { } high ? high - low : NanoUsd.Zero, input);
    }

    /// <summary>The cost at a number of output tokens; null without a price.</summary>
    public NanoUsd? At(long outputTokens) => @base is not { } known
        ? null
        : known + new NanoUsd((long)((Int128)Math.Max(0, outputTokens - told) * perMillion.Value / Million));

    private static NanoUsd? Price(PriceBook prices, PricingRequest request, TokenUsage usage, long output) =>
        prices.Price(request with { Usage = usage with { OutputTokens = output } }).Cost.Total;
}
