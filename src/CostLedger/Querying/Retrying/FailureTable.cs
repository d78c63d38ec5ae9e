using CostLedger.Records;

namespace CostLedger.Querying.Retrying;

/// <summary>What went wrong with attempts whose answer was not used, by the error's type, the outcome and the model that was asked for.</summary>
internal sealed class FailureTable
{
    private readonly Dictionary<(long Error, CallOutcome Outcome, long Model), (Loss Loss, long Recovered)> _failures = [];

    /// <summary>The failures, in no order. The outcome tells attempts without an error's type apart; all others have <see cref="CallOutcome.Error"/>.</summary>
    public IEnumerable<((long Error, CallOutcome Outcome, long Model) Key, Loss Loss, long Recovered)> Failures =>
        _failures.Select(f => (f.Key, f.Value.Loss, f.Value.Recovered));

    /// <summary>Adds a call's attempts.</summary>
    public void Add(LogicalCall call)
    {
        for (var i = 0; i < call.Attempts.Count; i++)
        {
            if (call.FateOf(i) == AttemptFate.Used)
            {
                continue;
            }

            var attempt = call.Attempts[i];
            var key = (attempt.ErrorType, attempt.ErrorType == 0 ? attempt.Outcome : CallOutcome.Error, attempt.ModelRequested);
            var (loss, recovered) = _failures.TryGetValue(key, out var known) ? known : (new Loss(), 0);
            loss.Add(attempt);
            _failures[key] = (loss, recovered + (call.Outcome == CallOutcome.Success ? 1 : 0));
        }
    }
}
