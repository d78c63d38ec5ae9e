namespace MessagesSimulator.Serving;

/// <summary>Now and then there is too much to do.</summary>
/// <param name="share">How often, from 0 to 1.</param>
/// <param name="seed">When follows from it.</param>
internal sealed class Overload(double share, int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _lot = new(seed);

    public bool StrikesNext()
    {
        lock (_gate)
        {
            return _lot.NextDouble() < share;
        }
    }
}
