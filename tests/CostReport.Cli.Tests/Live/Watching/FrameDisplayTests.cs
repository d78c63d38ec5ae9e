using System.Text;
using CostReport.Cli.Live.Watching;
using CostReport.Cli.Output;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.World;
using Xunit;

namespace CostReport.Cli.Tests.Live.Watching;

public sealed class FrameDisplayTests : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l\e[?7l";
    private readonly MemoryStream _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void The_terminal_is_taken_again_with_what_was_there()
    {
        using var display = Display();
        display.Show("one\n");
        var shown = Taken();

        display.Resume();

        Assert.StartsWith(Enter, shown, StringComparison.Ordinal);
        Assert.Equal(shown, Taken());
    }

    [Fact]
    public void It_is_taken_before_there_is_anything_to_show()
    {
        using var display = Display();
        Taken();

        display.Resume();

        Assert.Equal(Enter, Taken());
    }

    private FrameDisplay Display() => new(
        new Surroundings
        {
            Output = _output,
            Errors = TextWriter.Null,
            Time = new FixedTime(Sample.Now),
            Version = "1.2.3",
            Screen = () => new Screen(80, HasColor: false, Ascii: false) { Height = 30 },
            OpenLedger = _ => new FakeLedger([]),
            Prices = new FakePrices(),
        },
        TimeSpan.FromSeconds(2),
        ascii: false);

    private string Taken()
    {
        var text = Encoding.UTF8.GetString(_output.ToArray());
        _output.SetLength(0);
        return text;
    }
}
