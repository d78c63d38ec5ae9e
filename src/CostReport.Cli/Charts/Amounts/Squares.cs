namespace CostReport.Cli.Charts.Amounts;

/// <summary>
/// Cuts a rectangle into parts of given sizes, each as square as can be ("Squarified Treemaps", Bruls, Huizing and van Wijk, 2000).
/// </summary>
internal static class Squares
{
    /// <summary>Cuts the rectangle.</summary>
    /// <param name="sizes">The sizes, positive and falling.</param>
    /// <param name="whole">The rectangle.</param>
    /// <returns>A rectangle for each size.</returns>
    public static IReadOnlyList<Box> Of(IReadOnlyList<double> sizes, Box whole)
    {
        var scale = whole.Width * whole.Height / sizes.Sum();
        var areas = sizes.Select(s => s * scale).ToList();
        var boxes = new List<Box>();
        for (var done = 0; done < areas.Count;)
        {
            var side = Math.Min(whole.Width, whole.Height);
            var count = 1;
            while (done + count < areas.Count && Worst(areas, done, count + 1, side) <= Worst(areas, done, count, side))
            {
                count++;
            }

            whole = Row(areas.GetRange(done, count), whole, boxes);
            done += count;
        }

        return boxes;
    }

    // Lays a row along the shorter side, and returns what is left.
    private static Box Row(List<double> areas, Box free, List<Box> boxes)
    {
        var sum = areas.Sum();
        var isWide = free.Width >= free.Height;
        var depth = Math.Min(sum / Math.Max(isWide ? free.Height : free.Width, double.Epsilon), isWide ? free.Width : free.Height);
        var at = 0.0;
        foreach (var area in areas)
        {
            var length = (isWide ? free.Height : free.Width) * (area / sum);
            boxes.Add(isWide ? new Box(free.X, free.Y + at, depth, length) : new Box(free.X + at, free.Y, length, depth));
            at += length;
        }

        return isWide
            ? new Box(free.X + depth, free.Y, free.Width - depth, free.Height)
            : new Box(free.X, free.Y + depth, free.Width, free.Height - depth);
    }

    // How far the worst part of a row is from a square.
    private static double Worst(List<double> areas, int first, int count, double side)
    {
        var sum = 0.0;
        for (var i = first; i < first + count; i++)
        {
            sum += areas[i];
        }

        var (greatest, least, square) = (areas[first], areas[first + count - 1], sum * sum);
        return Math.Max(side * side * greatest / square, square / (side * side * least));
    }

    /// <summary>A rectangle.</summary>
    internal readonly record struct Box(double X, double Y, double Width, double Height);
}
