using System.Collections;

namespace Telemetry.Handler.Events;

/// <summary>What one log event tells: attributes for exporters, a sentence for people.</summary>
/// <param name="message">The sentence.</param>
internal sealed class EventState(string message) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _attributes = [];

    public int Count => _attributes.Count;

    public KeyValuePair<string, object?> this[int index] => _attributes[index];

    /// <summary>Adds an attribute; one without a value is left out.</summary>
    public EventState With(string name, object? value)
    {
        if (value is not null)
        {
            _attributes.Add(new KeyValuePair<string, object?>(name, value));
        }

        return this;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => message;
}
