using System.Runtime.CompilerServices;

namespace Telemetry.Handler.Estimating.Overheads;

/// <summary>A number for each <see cref="Feature"/>.</summary>
[InlineArray(Length)]
internal struct FeatureVector
{
    /// <summary>The number of features.</summary>
    public const int Length = (int)Feature.Fixed + 1;

    private double _first;

    /// <summary>The number of a feature.</summary>
    public double this[Feature feature]
    {
        readonly get => this[(int)feature];
        set => this[(int)feature] = value;
    }

    /// <summary>Adds another's numbers.</summary>
    public void Add(in FeatureVector other)
    {
        for (var i = 0; i < Length; i++)
        {
            this[i] += other[i];
        }
    }

    /// <summary>The sum of the products with another's numbers.</summary>
    public readonly double Dot(in FeatureVector weights)
    {
        var sum = 0.0;
        for (var i = 0; i < Length; i++)
        {
            sum += this[i] * weights[i];
        }

        return sum;
    }
}
