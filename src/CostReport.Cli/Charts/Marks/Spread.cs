namespace CostReport.Cli.Charts.Marks;

/// <summary>Moves labels apart that would lie on each other, and no further than that.</summary>
internal static class Spread
{
    /// <summary>Finds places that are at least a distance apart and in the order of the wishes.</summary>
    /// <param name="wishes">Where each would like to be.</param>
    /// <param name="distance">The least distance.</param>
    /// <param name="least">The first place there is.</param>
    /// <param name="greatest">The last place there is.</param>
    /// <returns>A place for each; null where they do not all fit.</returns>
    public static IReadOnlyList<double>? Of(IReadOnlyList<double> wishes, double distance, double least, double greatest)
    {
        if ((wishes.Count - 1) * distance > greatest - least)
        {
            return null;
        }

        var order = Enumerable.Range(0, wishes.Count).OrderBy(i => wishes[i]).ThenBy(i => i).ToList();
        var places = new double[wishes.Count];
        var free = least;
        foreach (var i in order)
        {
            places[i] = Math.Max(wishes[i], free);
            free = places[i] + distance;
        }

        free = greatest;
        foreach (var i in Enumerable.Reverse(order))
        {
            places[i] = Math.Min(places[i], free);
            free = places[i] - distance;
        }

        return places;
    }
}
