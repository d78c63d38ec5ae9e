using System.Diagnostics.CodeAnalysis;

namespace Telemetry.Handler.Caching.Model;

/// <summary>
/// A dictionary with a bound. What was added or found lately is kept; when half of the bound is used, everything that was not
/// touched since the last time is forgotten at once. For one thread at a time.
/// </summary>
/// <param name="capacity">The greatest sum of weights.</param>
internal sealed class TwoGenerations<TKey, TValue>(long capacity)
    where TKey : notnull, IEquatable<TKey>
{
    private Dictionary<TKey, (TValue Value, int Weight)> _young = [];
    private Dictionary<TKey, (TValue Value, int Weight)> _old = [];
    private long _weight;

    /// <summary>How many are held.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>Finds a value, which is kept no longer for it.</summary>
    public bool TryPeek(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var isHeld = _young.TryGetValue(key, out var found) || _old.TryGetValue(key, out found);
        value = found.Value;
        return isHeld;
    }

    /// <summary>Finds a value, which is kept longer for it.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out var found))
        {
            value = found.Value;
            return true;
        }

        if (_old.Remove(key, out found))
        {
            value = found.Value;
            Add(key, found.Value, found.Weight);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Adds a value, or replaces it.</summary>
    public void Set(TKey key, TValue value, int weight)
    {
        _old.Remove(key);
        if (_young.Remove(key, out var before))
        {
            _weight -= before.Weight;
        }

        Add(key, value, weight);
    }

    /// <summary>Forgets a value.</summary>
    public void Remove(TKey key)
    {
        _old.Remove(key);
        if (_young.Remove(key, out var before))
        {
            _weight -= before.Weight;
        }
    }

    private void Add(TKey key, TValue value, int weight)
    {
        if (_weight + weight > capacity / 2 && _young.Count > 0)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
            _weight = 0;
        }

        _young[key] = (value, weight);
        _weight += weight;
    }
}
