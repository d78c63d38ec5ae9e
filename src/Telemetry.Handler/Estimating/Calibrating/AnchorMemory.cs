using System.Diagnostics.CodeAnalysis;

namespace Telemetry.Handler.Estimating.Calibrating;

/// <summary>
/// Measured calls by the beginnings of their prompts, so that a prompt that goes on from a measured one is estimated from the
/// difference alone. Bounded: what was not used while as many others came is forgotten. Not thread-safe.
/// </summary>
/// <param name="capacity">The most beginnings that are kept.</param>
internal sealed class AnchorMemory(int capacity)
{
    // Two generations: the older is dropped when the younger is full, and what is used moves to the younger.
    private Dictionary<UInt128, Anchor> _young = [];
    private Dictionary<UInt128, Anchor> _old = [];

    /// <summary>The measured call whose prompt had this beginning last.</summary>
    public bool TryFind(UInt128 beginning, [NotNullWhen(true)] out Anchor? measured)
    {
        if (_young.TryGetValue(beginning, out measured))
        {
            return true;
        }

        if (_old.TryGetValue(beginning, out measured))
        {
            Keep(beginning, measured);
            return true;
        }

        return false;
    }

    /// <summary>Keeps a measured call.</summary>
    public void Keep(UInt128 beginning, Anchor measured)
    {
        if (_young.Count >= capacity / 2)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[beginning] = measured;
    }
}
