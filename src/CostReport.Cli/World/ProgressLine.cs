using CostReport.Cli.Documents;

namespace CostReport.Cli.World;

/// <summary>
/// How far long work has come: a line on the terminal of standard error, drawn over now and then and gone at the end. Work that is soon
/// done shows none, nor does work that nobody looks at.
/// </summary>
/// <param name="surroundings">The terminal and the clock.</param>
/// <param name="doing">What is done.</param>
internal sealed class ProgressLine(Surroundings surroundings, string doing) : IProgress<long>, IDisposable
{
    private const string Erase = "\r\e[K";
    private const int ItemsBetweenLooks = 256;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private long _last = surroundings.Time.GetTimestamp();
    private bool _isShown;

    /// <summary>The same items, counted while they are taken.</summary>
    public IEnumerable<T> Of<T>(IEnumerable<T> items)
    {
        var count = 0L;
        foreach (var item in items)
        {
            if (++count % ItemsBetweenLooks == 0)
            {
                Report(count);
            }

            yield return item;
        }
    }

    /// <inheritdoc/>
    public void Report(long value)
    {
        if (surroundings.Terminal is not { } terminal || surroundings.Time.GetElapsedTime(_last) < (_isShown ? s_pause : s_patience))
        {
            return;
        }

        (_last, _isShown) = (surroundings.Time.GetTimestamp(), true);
        terminal.Write($"{Erase}{doing}: {Figures.Count(value, "call")} so far");
        terminal.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isShown)
        {
            surroundings.Terminal?.Write(Erase);
            surroundings.Terminal?.Flush();
        }
    }
}
