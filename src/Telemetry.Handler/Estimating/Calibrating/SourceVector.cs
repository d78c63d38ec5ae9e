using System.Runtime.CompilerServices;

namespace Telemetry.Handler.Estimating.Calibrating;

/// <summary>Tokens by where they come from, before rounding.</summary>
[InlineArray(Length)]
internal struct SourceVector
{
    /// <summary>The number of sources.</summary>
    public const int Length = (int)PromptSource.Overhead + 1;

    private double _first;

    /// <summary>The tokens of a source.</summary>
    public double this[PromptSource source]
    {
        readonly get => this[(int)source];
        set => this[(int)source] = value;
    }

    /// <summary>All tokens.</summary>
    public readonly double Total
    {
        get
        {
            var total = 0.0;
            for (var i = 0; i < Length; i++)
            {
                total += this[i];
            }

            return total;
        }
    }
}
