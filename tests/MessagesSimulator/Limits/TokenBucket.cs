namespace MessagesSimulator.Limits;

/// <summary>A bucket that fills evenly over a minute.</summary>
internal sealed class TokenBucket(int capacity, TimeProvider time)
{
    private double _level = capacity;
    private DateTimeOffset _at = time.GetUtcNow();

    public int Capacity => capacity;

    public int Remaining
    {
        get
        {
            Refill();
            return (int)Math.Max(0, _level);
        }
    }

    /// <summary>When the bucket is full again.</summary>
    public DateTimeOffset FullAt => _at + Fill(capacity - _level);

    public void Take(int amount)
    {
        Refill();
        _level -= amount;
    }

    /// <summary>How long until so much is there.</summary>
    /// <param name="amount">The amount; more than the capacity counts as the capacity.</param>
    /// <returns>The wait; zero when it is there.</returns>
    public TimeSpan WaitFor(int amount)
    {
        Refill();
        var missing = Math.Min(amount, capacity) - _level;
        return missing <= 0 ? TimeSpan.Zero : Fill(missing);
    }

    private void Refill()
    {
        var now = time.GetUtcNow();
        _level = Math.Min(capacity, _level + (Math.Max(0, (now - _at).TotalMinutes) * capacity));
        _at = now;
    }

    private TimeSpan Fill(double amount) => TimeSpan.FromMinutes(Math.Max(0, amount) / capacity);
}
