using Telemetry.Handler.Estimating.Calibrating;
using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;
using Telemetry.Handler.Tokens;
using Testing.Recorded;

namespace Telemetry.Benchmarks.Accuracy;

/// <summary>Counts recorded prompts with a vocabulary.</summary>
internal sealed class PromptLoader(ITokenCounter counter) : ISegmentCounter, IDisposable
{
    private readonly SegmentHasher _hasher = new("accuracy"u8);
    private readonly SegmentedPrompt _prompt = new();
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
        var model = OverheadTable.Of(recorded.Model);
        var parameters = PromptParameters.Of(
            _prompt, recorded.Body, RequestSnapshot.Read(recorded.Body), recorded.Betas.Contains("interleaved-thinking", StringComparison.Ordinal), counter);
        var features = new PromptFeatures(_prompt, recorded.Body, model);
        var doubt = Doubt.None;
        var sum = features.OfRequest(parameters);
        var beginnings = new List<PromptBeginning>();
        var kept = new List<PromptBeginning>();
        var hasTools = _prompt.Segments is [{ Level: CacheLevel.Tools }, ..];
        var chain = hasTools ? (UInt128)OverheadTable.Normalize(recorded.Model).GetHashCode(StringComparison.Ordinal) : (UInt128)model.ImageTokens;
        var tokens = hasTools ? model.ToolPrompt : 0.0;
        for (var i = 0; i < _prompt.Segments.Count; i++)
        {
            var segment = _prompt.Segments[i];
            chain = _hasher.OfPrefix(chain, segment);
            var found = features.Of(i, ref doubt);
            sum.Add(found);
            tokens += found.Dot(model.Weights);
            beginnings.Insert(0, new PromptBeginning(chain, tokens));
            if (i == _prompt.Segments.Count - 1 || (segment.Level < CacheLevel.Messages && _prompt.Segments[i + 1].Level == CacheLevel.Messages))
            {
                kept.Add(beginnings[0]);
            }
        }

        return new SizedPrompt(recorded, model, sum, PromptSizer.Size(_prompt, recorded.Body, model, parameters).Sources, _tokens, _bytes, [.. beginnings], [.. kept]);
    }

    public void Dispose() => _hasher.Dispose();
}
