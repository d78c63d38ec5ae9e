using Telemetry.Handler.Estimating.Calibrating;
using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Estimating.Sizing;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;
using Telemetry.Handler.Tokens;

namespace Telemetry.Handler.Estimating.Prompts;

/// <summary>
/// Estimates how many input tokens the body of a Messages request has, without a call: its text counted by a tokenizer, and what
/// the model's provider adds. No tokenizer of today's models is public: the count is scaled by model, from constants that were
/// fitted to recorded calls; <c>docs/estimates.md</c> says how near they come. Thread-safe.
/// </summary>
/// <param name="counter">Counts text; null takes <see cref="TokenCounter.O200kBase"/>, which the constants were fitted for.</param>
public sealed class PromptEstimator(ITokenCounter? counter = null)
{
    private const double LeastInterval = 3;
    private const double ErrorOfDoubt = 0.25;

    private readonly ITokenCounter _counter = counter ?? TokenCounter.O200kBase;

    /// <summary>An estimator with the default tokenizer.</summary>
    public static PromptEstimator Default { get; } = new();

    /// <summary>Estimates a request.</summary>
    /// <param name="body">The request's body, JSON in UTF-8, as the Messages API takes it.</param>
    /// <param name="model">The model; null takes the one that the body names.</param>
    /// <param name="betas">The values of the request's <c>anthropic-beta</c> header, which change what the provider adds; those in the body count too.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="PromptUnreadableException">Nothing can be estimated of the body; the message says why.</exception>
    public PromptEstimate Estimate(ReadOnlySpan<byte> body, string? model = null, IReadOnlyCollection<string>? betas = null)
    {
        // These hashes are compared with nothing: the key need not be kept.
        using var hasher = new SegmentHasher("estimate"u8);
        using var reader = new SegmentReader(hasher);
        var prompt = new SegmentedPrompt();
        reader.Read(body, prompt, new SegmentCounter(_counter));
        Check(prompt.Faults);
        var request = RequestSnapshot.Read(body);
        var name = model ?? request.Model;
        var isInterleaved = request.BetasInBody.Concat(betas ?? []).Any(static beta => beta.StartsWith("interleaved-thinking", StringComparison.Ordinal));
        var overheads = OverheadTable.Of(name);
        var features = new PromptFeatures(prompt, body, overheads);
        var size = PromptSizer.Size(prompt, features, overheads, PromptParameters.Of(prompt, body, request, isInterleaved, _counter));
        return Tell(prompt, body, name, features, size);
    }

    private static void Check(SegmentFaults faults)
    {
        if (faults.HasFlag(SegmentFaults.Malformed))
        {
            throw new PromptUnreadableException("The body is not JSON, or not to its end: give the whole body of a Messages request.");
        }

        if (faults.HasFlag(SegmentFaults.ThreadContinued))
        {
            throw new PromptUnreadableException("The request continues a thread whose beginning only the provider has: its input cannot be estimated.");
        }

        if (faults.HasFlag(SegmentFaults.NoMessages))
        {
            throw new PromptUnreadableException("The body has no messages: give the whole body of a Messages request.");
        }
    }

    private static PromptEstimate Tell(
        SegmentedPrompt prompt, ReadOnlySpan<byte> body, string? model, in PromptFeatures features, in PromptSize size)
    {
        var sources = RoundedSources(size.Sources);
        var total = sources.Values.Sum();
        var error = size.Model.Error + (size.Doubts == Doubt.None ? 0 : ErrorOfDoubt);
        var interval = Math.Max(LeastInterval, total * error);
        return new PromptEstimate
        {
            Model = model,
            InputTokens = total,
            InputTokensLow = Math.Max(1, (long)Math.Floor(total - interval)),
            InputTokensHigh = (long)Math.Ceiling(total + interval),
            Segments = Segments(prompt, body, features, size.Model),
            BySource = sources,
            Doubts = DoubtNames.Of(size.Doubts),
        };
    }

    private static Dictionary<PromptSource, long> RoundedSources(in SourceVector sources)
    {
        var rounded = new Dictionary<PromptSource, long>();
        for (var source = PromptSource.Tools; source <= PromptSource.Overhead; source++)
        {
            if ((long)Math.Round(sources[source]) is > 0 and var tokens)
            {
                rounded[source] = tokens;
            }
        }

        // Where each source has less than half a token.
        if (rounded.Count == 0)
        {
            rounded[PromptSource.Overhead] = 1;
        }

        return rounded;
    }

    private static SegmentEstimate[] Segments(
        SegmentedPrompt prompt, ReadOnlySpan<byte> body, in PromptFeatures features, ModelOverheads model)
    {
        var segments = new SegmentEstimate[prompt.Segments.Count];
        var doubts = Doubt.None;
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = prompt.Segments[i];
            segments[i] = new SegmentEstimate(
                SegmentPlace.Of(segment, body),
                PromptSizer.SourceOf(segment),
                (long)Math.Round(features.Of(i, ref doubts).Dot(model.Weights)),
                segment.Start,
                segment.Length,
                LifetimeOf(segment.Breakpoint));
        }

        // Automatic caching puts its breakpoint at the end.
        if (segments is [.., { CacheLifetime: null } last] && LifetimeOf(prompt.Automatic) is { } automatic)
        {
            segments[^1] = last with { CacheLifetime = automatic };
        }

        return segments;
    }

    private static TimeSpan? LifetimeOf(CacheLifetime lifetime) => lifetime switch
    {
        CacheLifetime.FiveMinutes => TimeSpan.FromMinutes(5),
        CacheLifetime.OneHour => TimeSpan.FromHours(1),
        _ => null,
    };
}
