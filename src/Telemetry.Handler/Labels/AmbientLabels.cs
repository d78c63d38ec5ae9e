using CostLedger.Records;

namespace Telemetry.Handler.Labels;

/// <summary>
/// Labels that hold for everything that is called until the scope ends, also across awaits. A scope within another inherits
/// and overrides. Work that was started within a scope keeps it.
/// </summary>
internal sealed class AmbientLabels : IDisposable
{
    private static readonly AsyncLocal<AmbientLabels?> Scope = new();

    private readonly AmbientLabels? _outer;
    private readonly LabelSet _labels;
    private volatile bool _endedOutOfOrder;

    private AmbientLabels(AmbientLabels? outer, LabelSet labels)
    {
        _outer = outer;
        _labels = labels;
    }

    /// <summary>The labels that hold here.</summary>
    public static LabelSet Current => Open(Scope.Value)?._labels ?? LabelSet.None;

    /// <summary>Begins a scope.</summary>
    public static AmbientLabels Begin(
        string? session, string? conversation, int? turn, IReadOnlyDictionary<string, string>? tags, NanoUsd? maxCost = null)
    {
        var outer = Open(Scope.Value);
        var labels = (outer?._labels ?? LabelSet.None).With(session, conversation, turn, tags);
        var scope = new AmbientLabels(outer, maxCost is null ? labels : labels with { MaxCost = maxCost });
        Scope.Value = scope;
        return scope;
    }

    /// <summary>Ends the scope; a second time it does nothing.</summary>
    public void Dispose()
    {
        if (Scope.Value == this)
        {
            Scope.Value = Open(_outer);
        }
        else if (IsWithin(Scope.Value))
        {
            // An inner scope is still open. When it ends, this one must not come back.
            _endedOutOfOrder = true;
        }
    }

    private static AmbientLabels? Open(AmbientLabels? scope)
    {
        while (scope is { _endedOutOfOrder: true })
        {
            scope = scope._outer;
        }

        return scope;
    }

    private bool IsWithin(AmbientLabels? scope)
    {
        while (scope is not null && scope != this)
        {
            scope = scope._outer;
        }

        return scope is not null;
    }
}
