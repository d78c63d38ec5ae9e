namespace CostReport.Cli.Charts.OverTime;

/// <summary>One column: its values piled up from zero, the negative ones downwards.</summary>
internal sealed class Stack
{
    /// <summary>Piles up the values of one bucket.</summary>
    public Stack(IReadOnlyList<ChartSeries> series, int column)
    {
        var parts = new List<(int, decimal, decimal)>();
        for (var i = 0; i < series.Count; i++)
        {
            HasValue |= series[i].Values[column] is not null;
            decimal value = series[i].Values[column] ?? 0;
            if (value > 0)
            {
                parts.Add((i, Above, Above + value));
                Above += value;
            }
            else if (value < 0)
            {
                parts.Add((i, Below, Below + value));
                Below += value;
            }
        }

        Parts = parts;
    }

    /// <summary>The parts: which series, from where next to zero, to where.</summary>
    public IReadOnlyList<(int Series, decimal From, decimal To)> Parts { get; }

    /// <summary>Whether any series has a value here.</summary>
    public bool HasValue { get; }

    /// <summary>The sum of the positive values.</summary>
    public decimal Above { get; }

    /// <summary>The sum of the negative values.</summary>
    public decimal Below { get; }

    /// <summary>The sum of all.</summary>
    public decimal Sum => Above + Below;
}
