using System.Text;
using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.OverTime;

/// <summary>The pieces of a line between its gaps.</summary>
internal sealed class LinePath
{
    private readonly List<(double X, double Y)?> _points;
    private readonly List<List<(double X, double Y)>> _pieces;

    /// <summary>Cuts a line at its gaps.</summary>
    /// <param name="points">A point for each value; null where there is none.</param>
    public LinePath(List<(double X, double Y)?> points)
    {
        _points = points;
        _pieces = Pieces(points, p => p);
        Lonely = [.. _pieces.Where(p => p.Count == 1).Select(p => p[0])];
        Strokes = string.Concat(_pieces.Where(p => p.Count > 1).Select(p => Path(p)));
    }

    /// <summary>The commands that draw the pieces.</summary>
    public string Strokes { get; }

    /// <summary>Points between two gaps, which no line would show.</summary>
    public IReadOnlyList<(double X, double Y)> Lonely { get; }

    /// <summary>The last point; null where there is none.</summary>
    public (double X, double Y)? Last => _pieces.Count > 0 ? _pieces[^1][^1] : null;

    /// <summary>The area between the line and a height.</summary>
    public string Above(double y) => string.Concat(_pieces
        .Where(p => p.Count > 1)
        .Select(p => Path([(p[0].X, y), .. p, (p[^1].X, y)]) + "Z"));

    /// <summary>The area between the line and another, where both have points.</summary>
    public string Between(LinePath other)
    {
        var both = _points.Zip(other._points, (a, b) => a is { } one && b is { } two ? (one, two) : (((double X, double Y), (double X, double Y))?)null);
        return string.Concat(Pieces([.. both], p => p)
            .Where(p => p.Count > 1)
            .Select(p => Path([.. p.Select(q => q.Item1), .. Enumerable.Reverse(p).Select(q => q.Item2)]) + "Z"));
    }

    private static List<List<TPoint>> Pieces<TSource, TPoint>(List<TSource> points, Func<TSource, TPoint?> point)
        where TPoint : struct
    {
        var pieces = new List<List<TPoint>>();
        var isOpen = false;
        foreach (var source in points)
        {
            if (point(source) is not { } known)
            {
                isOpen = false;
                continue;
            }

            if (!isOpen)
            {
                pieces.Add([]);
                isOpen = true;
            }

            pieces[^1].Add(known);
        }

        return pieces;
    }

    private static string Path(List<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(SvgBuilder.Number(x)).Append(' ').Append(SvgBuilder.Number(y));
        }

        return path.ToString();
    }
}
