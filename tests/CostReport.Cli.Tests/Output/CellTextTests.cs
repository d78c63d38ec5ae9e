using CostReport.Cli.Output;
using Xunit;

namespace CostReport.Cli.Tests.Output;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("first token of streams 2.01 s", 28, "first token of streams|2.01 s")]
    [InlineData("first token of streams 2.01 s", 29, "first token of streams 2.01 s")]
    [InlineData("half within 3 min 24 s, the rest later", 18, "half within 3 min|24 s, the rest|later")]
    [InlineData("sent 13.0 KiB; got 5 of 7", 12, "sent|13.0 KiB;|got 5 of 7")]
    [InlineData("1 2 3", 1, "1|2|3")]
    [InlineData("  ", 5, "")]
    public void A_sentence_is_not_parted_between_a_figure_and_its_unit(string text, int width, string lines) =>
        Assert.Equal(lines, string.Join('|', CellText.Wrap(text, width)));
}
