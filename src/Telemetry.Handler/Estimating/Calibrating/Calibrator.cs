using System.Collections.Concurrent;

namespace Telemetry.Handler.Estimating.Calibrating;

/// <summary>
/// Learns from measured calls how a model's estimates are off, and corrects the next. What is learned of a model is a
/// <see cref="Correction"/>; besides, a prompt that shares its beginning with a measured one is estimated from the difference.
/// Thread-safe; never waits for long: learning takes some 50 microseconds and is done after a call.
/// </summary>
internal sealed class Calibrator
{
    private const int MostModels = 64;
    private const int MostAnchors = 4_096;

    private readonly ConcurrentDictionary<string, ModelHistory> _models = new(StringComparer.Ordinal);
    private readonly AnchorMemory _anchors = new(MostAnchors);
    private readonly Lock _lock = new();

    /// <summary>What was learned of a model.</summary>
    /// <param name="model">The model, as one name for all spellings.</param>
    public Correction Of(string model) => _models.TryGetValue(model, out var history) ? history.Correction : Correction.None;

    /// <summary>Estimates a prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cold">The estimate by the shipped constants.</param>
    /// <param name="beginnings">The hashes of the prompt's beginnings that may have been measured, the longest first.</param>
    /// <returns>The input tokens, and how many of them are a beginning that they were told from; zero where none was.</returns>
    public (double Tokens, double Shared) Estimate(string model, in CalibrationSample cold, ReadOnlySpan<PromptBeginning> beginnings)
    {
        var corrected = Of(model).Total(cold);
        lock (_lock)
        {
            foreach (var beginning in beginnings)
            {
                if (_anchors.TryFind(beginning.Key, out var measured))
                {
                    // What the two do not share is estimated in both: worth it where that is less than the whole.
                    var unshared = cold.Cold + measured.Call.Cold - (2 * beginning.Tokens);
                    var differing = measured.Call.Actual + corrected - Of(measured.Model).Total(measured.Call);
                    return unshared < cold.Cold && differing > 0 ? (differing, beginning.Tokens) : (Math.Max(1, corrected), 0);
                }
            }
        }

        return (Math.Max(1, corrected), 0);
    }

    /// <summary>Learns from a measured call.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sample">The call.</param>
    /// <param name="beginnings">The beginnings of its prompt under which it is kept.</param>
    public void Learn(string model, in CalibrationSample sample, ReadOnlySpan<PromptBeginning> beginnings)
    {
        if (!(sample.Actual > 0))
        {
            return;
        }

        var history = _models.Count < MostModels ? _models.GetOrAdd(model, static _ => new ModelHistory()) : _models.GetValueOrDefault(model);
        var anchor = new Anchor(model, sample);
        lock (_lock)
        {
            history?.Add(sample);
            foreach (var beginning in beginnings)
            {
                _anchors.Keep(beginning.Key, anchor);
            }
        }
    }
}
