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

    [Theory]
    [InlineData(80)]
    [InlineData(20)]
    public void A_line_as_wide_as_the_terminal_is_whole(int width)
    {
        var line = string.Concat(Enumerable.Range(0, width).Select(i => (char)('a' + (i % 26))));
        using var display = Display(width);

        display.Show($"{line}\nshort\n{line}\n");

        var lines = Shown(width);
        Assert.Equal(line, lines[0]);
        Assert.Equal("short", lines[1]);
        Assert.Equal(line, lines[2]);
    }

    [Fact]
    public void Nothing_is_left_of_what_stood_there()
    {
        using var display = Display(40);
        display.Show(string.Join('\n', Enumerable.Repeat(new string('x', 40), 28)));

        display.Show("one\n\nthree\n");

        Assert.Equal(["one", "", "three", "", "Looked at every 2 s; Ctrl+C ends."], Shown(40).Take(5));
        Assert.All(Shown(40).Skip(5), l => Assert.Equal("", l));
    }

    [Fact]
    public void The_last_line_ends_where_the_terminal_does()
    {
        const string Foot = "Looked at every 2 s; Ctrl+C ends.";
        using var display = Display(Foot.Length);

        display.Show("one\n");

        Assert.Equal(Foot, Shown(Foot.Length)[2]);
    }

    private IReadOnlyList<string> Shown(int width)
    {
        var screen = new TerminalScreen(width, 30);
        screen.Write(Encoding.UTF8.GetString(_output.ToArray()));
        return screen.Lines;
    }

    private FrameDisplay Display(int width = 80) => new(
        new Surroundings
        {
            Output = _output,
            Errors = TextWriter.Null,
            Time = new FixedTime(Sample.Now),
            Version = "1.2.3",
            Screen = () => new Screen(width, HasColor: false, Ascii: false) { Height = 30 },
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
