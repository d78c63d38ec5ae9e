using System.Collections.Concurrent;
using MessagesSimulator.Prompts;

namespace MessagesSimulator.Diagnosing;

/// <summary>The fingerprints of the requests that asked for the comparison, by owner (organisation and workspace) and message.</summary>
/// <param name="isLate">Whether no comparison is finished in time.</param>
internal sealed class FingerprintStore(bool isLate)
{
    private readonly ConcurrentDictionary<(string Owner, string MessageId), Fingerprint> _kept = [];

    public void Keep(string owner, string messageId, Prompt prompt) =>
        _kept[(owner, messageId)] = Fingerprint.Of(prompt);

    public DiagnosticsAnswer Compare(string owner, Prompt prompt)
    {
        if (prompt.Settings.PreviousMessageId is not { } previous)
        {
            return DiagnosticsAnswer.Nothing;
        }

        if (!_kept.TryGetValue((owner, previous), out var earlier))
        {
            return new DiagnosticsAnswer(IsFinished: true, "previous_message_not_found", null);
        }

        return isLate ? DiagnosticsAnswer.Late : earlier.Compare(Fingerprint.Of(prompt));
    }
}
