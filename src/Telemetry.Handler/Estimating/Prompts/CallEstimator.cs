using System.Buffers;
using System.Runtime.InteropServices;
using Telemetry.Handler.Estimating.Calibrating;
using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Estimating.Sizing;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Estimating.Prompts;

/// <summary>Estimates the calls of a handler, and learns from those that were measured. Thread-safe.</summary>
internal sealed class CallEstimator
{
    // What shares less with a measured prompt than its last so many blocks had better be estimated whole.
    private const int MostBeginnings = 256;

    private const double LeastInterval = 2;
    private const double ErrorOfDoubt = 0.25;

    // A prompt that goes on from a measured one is off by what is new alone.
    private const double AnchoredShare = 0.25;

    private readonly Calibrator _calibrator = new();

    /// <summary>What was learned of a model.</summary>
    public Correction Learned(string model) => _calibrator.Of(model);

    /// <summary>Estimates a call.</summary>
    /// <param name="prompt">Its prompt; the segments are counted.</param>
    /// <param name="body">The body that it was read from.</param>
    /// <param name="model">The model.</param>
    /// <param name="parameters">The request's parameters.</param>
    /// <param name="hasher">Hashes the prompt's beginnings.</param>
    public CallEstimate Estimate(
        SegmentedPrompt prompt, ReadOnlySpan<byte> body, string? model, in PromptParameters parameters, SegmentHasher hasher)
    {
        var (name, overheads) = OverheadTable.Find(model);
        var features = new PromptFeatures(prompt, body, overheads);
        var size = PromptSizer.Size(prompt, features, overheads, parameters);
        var sample = new CalibrationSample(size.Sources, actual: 0);
        var beginnings = ArrayPool<PromptBeginning>.Shared.Rent(Math.Max(1, prompt.Segments.Count));
        try
        {
            var kept = Begin(prompt, features, new Start(overheads, name, features.OfRequest(parameters).Dot(overheads.Weights), hasher), beginnings);
            var count = Math.Min(prompt.Segments.Count, MostBeginnings);
            var (tokens, shared) = _calibrator.Estimate(name, sample, beginnings.AsSpan(0, count));
            var interval = Interval(tokens, shared > 0, name, size);
            var total = Math.Max(1, (long)Math.Round(tokens));
            return new CallEstimate
            {
                Model = name,
                InputTokens = total,
                InputTokensLow = Math.Max(1, (long)Math.Floor(tokens - interval)),
                InputTokensHigh = Math.Max(total, (long)Math.Ceiling(tokens + interval)),
                SharedTokens = (long)Math.Round(shared),
                Cold = size.Sources,
                Doubts = size.Doubts,
                Kept = kept,
            };
        }
        finally
        {
            ArrayPool<PromptBeginning>.Shared.Return(beginnings);
        }
    }

    /// <summary>Learns from a call that was measured.</summary>
    /// <param name="estimate">What it was estimated at.</param>
    /// <param name="actual">The input tokens that the provider told, those of the cache included.</param>
    public void Learn(CallEstimate estimate, long actual) =>
        _calibrator.Learn(estimate.Model, new CalibrationSample(estimate.Cold, actual), [.. estimate.Kept]);

    /// <summary>Learns from a call of which nothing but its figures is known, as from one that another process made.</summary>
    /// <param name="model">The model, in any spelling.</param>
    /// <param name="cold">What it was estimated at by the shipped constants.</param>
    /// <param name="actual">The input tokens that the provider told.</param>
    public void Learn(string? model, in SourceVector cold, long actual) =>
        _calibrator.Learn(OverheadTable.Normalize(model), new CalibrationSample(cold, actual), []);

    private double Interval(double tokens, bool isAnchored, string model, in PromptSize size)
    {
        var error = _calibrator.Of(model).Error ?? size.Model.Error;
        error = isAnchored ? error * AnchoredShare : error;
        return Math.Max(LeastInterval, tokens * (error + (size.Doubts == Doubt.None || isAnchored ? 0 : ErrorOfDoubt)));
    }

    // Hashes the beginnings, the longest first, and picks those to remember: the whole, and the tools with the system prompt.
    private static List<PromptBeginning> Begin(
        SegmentedPrompt prompt, in PromptFeatures features, in Start start, Span<PromptBeginning> beginnings)
    {
        var segments = CollectionsMarshal.AsSpan(prompt.Segments);
        var kept = new List<PromptBeginning>(2);
        var (key, tokens, doubts) = (start.Key(segments), start.Tokens, Doubt.None);
        for (var i = 0; i < segments.Length; i++)
        {
            key = start.Hasher.OfPrefix(key, segments[i]);
            tokens += features.Of(i, ref doubts).Dot(start.Model.Weights);
            var beginning = new PromptBeginning(key, tokens);
            beginnings[segments.Length - 1 - i] = beginning;
            var isLast = i == segments.Length - 1;
            if (isLast || (segments[i].Level < CacheLevel.Messages && segments[i + 1].Level == CacheLevel.Messages))
            {
                kept.Add(beginning);
            }
        }

        return kept;
    }

    // Where tools are defined a prompt is measured for its model alone, since each has its own prompt that explains tools; else for
    // all that share a tokenizer.
    private readonly record struct Start(ModelOverheads Model, string Name, double Tokens, SegmentHasher Hasher)
    {
        public UInt128 Key(ReadOnlySpan<Segment> segments) => segments is [{ Level: CacheLevel.Tools }, ..]
            ? Hasher.OfName(Name)
            : (UInt128)Model.ImageTokens;
    }
}
