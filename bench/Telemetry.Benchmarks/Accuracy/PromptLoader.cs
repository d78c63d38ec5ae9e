using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Estimating.Sizing;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;
using Telemetry.Handler.Tokens;
using Testing.Recorded;

namespace Telemetry.Benchmarks.Accuracy;

/// <summary>Counts and estimates the recorded prompts of one application, in their order, and learns from each.</summary>
internal sealed class PromptLoader(ITokenCounter counter) : ISegmentCounter, IDisposable
{
    private readonly SegmentHasher _hasher = new("accuracy"u8);
    private readonly SegmentedPrompt _prompt = new();
    private readonly CallEstimator _estimator = new();
    private long _tokens;
    private long _bytes;

    public int Count(in Segment segment, ReadOnlySpan<byte> text)
    {
        var tokens = counter.Count(text);
        _tokens += tokens;
        _bytes += text.Length;
        return tokens;
    }

    public SizedPrompt Size(RecordedPrompt recorded)
    {
        (_tokens, _bytes) = (0, 0);
        using var reader = new SegmentReader(_hasher);
        reader.Read(recorded.Body, _prompt, this);
        var isInterleaved = recorded.Betas.Contains("interleaved-thinking", StringComparison.Ordinal);
        var parameters = PromptParameters.Of(_prompt, recorded.Body, RequestSnapshot.Read(recorded.Body), isInterleaved, counter);
        var estimate = _estimator.Estimate(_prompt, recorded.Body, recorded.Model, parameters, _hasher);
        _estimator.Learn(estimate, recorded.Input);
        var model = OverheadTable.Of(recorded.Model);
        return new SizedPrompt(recorded, model, Features(recorded, model, parameters), _tokens, _bytes) { Calibrated = estimate.InputTokens };
    }

    public void Dispose() => _hasher.Dispose();

    private FeatureVector Features(RecordedPrompt recorded, ModelOverheads model, in PromptParameters parameters)
    {
        var features = new PromptFeatures(_prompt, recorded.Body, model);
        var doubts = Doubt.None;
        var sum = features.OfRequest(parameters);
        for (var i = 0; i < _prompt.Segments.Count; i++)
        {
            sum.Add(features.Of(i, ref doubts));
        }

        return sum;
    }
}
