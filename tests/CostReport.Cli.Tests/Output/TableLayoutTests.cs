using CostReport.Cli.Documents;
using CostReport.Cli.Output;
using Xunit;

namespace CostReport.Cli.Tests.Output;

public sealed class TableLayoutTests
{
    [Fact]
    public void Figures_are_shown_whole_or_not_at_all_whatever_the_width()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var table = RandomTable(random);
            var width = random.Next(20, 240);

            var layout = TableLayout.Of(table, width, CellText.Width);

            for (var column = 0; column < table.Columns.Count; column++)
            {
                if (layout.Shown.Contains(column) && table.Columns[column].IsFigure)
                {
                    Assert.All(table.Rows, row => Assert.True(row[column].Text.Length <= layout.WidthOf(column)));
                }
            }

            Assert.All(Enumerable.Range(0, table.Columns.Count).Where(c => table.Columns[c].Importance == Column.Always), c => Assert.Contains(c, layout.Shown));
            var least = layout.Shown.Sum(c => LeastOf(table, c)) + (TableLayout.Gap * (layout.Shown.Count - 1));
            Assert.True(layout.Width <= Math.Max(width, least), $"{layout.Width} > {width}");
        }
    }

    [Fact]
    public void The_least_important_columns_go_first_and_are_named()
    {
        var table = new Table(
            [Column.Words("name", Column.Always), new Column("a", 30), new Column("b", 10), new Column("c", 20), new Column("cost", Column.Always)],
            [["x", "1111111111", "2222222222", "3333333333", "4444444444"]]);

        Assert.Equal([0, 1, 2, 3, 4], TableLayout.Of(table, 80, CellText.Width).Shown);
        Assert.Equal(["b"], TableLayout.Of(table, 42, CellText.Width).LeftOut, StringComparer.Ordinal);
        Assert.Equal(["b", "c"], TableLayout.Of(table, 30, CellText.Width).LeftOut, StringComparer.Ordinal);
        Assert.Equal([0, 4], TableLayout.Of(table, 5, CellText.Width).Shown);
    }

    [Fact]
    public void Words_are_shortened_before_a_column_goes()
    {
        var table = new Table([Column.Words("model", Column.Always), new Column("cost", 10)], [[new string('m', 50), "123"]]);

        var layout = TableLayout.Of(table, 30, CellText.Width);

        Assert.Equal([0, 1], layout.Shown);
        Assert.Equal(24, layout.WidthOf(0));
    }

    [Theory]
    [InlineData("claude-haiku-4-5-20251001", 17, false, "claude-h…20251001")]
    [InlineData("claude-haiku-4-5-20251001", 17, true, "claude-h~20251001")]
    [InlineData("short", 17, false, "short")]
    [InlineData("模型模型模型模型", 9, false, "模型…模型")]
    [InlineData("🙂🙂🙂🙂🙂🙂", 6, false, "🙂…🙂")]
    public void Names_are_shortened_in_the_middle(string text, int width, bool ascii, string expected)
    {
        var shortened = CellText.Shorten(text, width, ascii);

        Assert.Equal(expected, shortened);
        Assert.True(CellText.Width(shortened) <= width);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[31mred", "\uFFFD[31mred")]
    [InlineData("a\nb\tc\0", "a\uFFFDb\uFFFDc\uFFFD")]
    [InlineData("\u202Eevil\u200F\u2066", "\uFFFDevil\uFFFD\uFFFD")]
    [InlineData("naïve 模型", "naïve 模型")]
    public void Nothing_in_a_name_can_steer_the_terminal(string text, string expected) =>
        Assert.Equal(expected, CellText.Fit(text, ascii: false));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("\uFFFDx", CellText.Fit(new string('\uD800', 1) + "x", ascii: false));

    [Fact]
    public void Ascii_is_all_that_is_left_where_it_is_asked_for() =>
        Assert.Equal("na?ve ?? ~", CellText.Fit("naïve 模型 …", ascii: true));

    private static int LeastOf(Table table, int column)
    {
        var definition = table.Columns[column];
        var natural = Math.Max(definition.Name.Length, table.Rows.Max(r => r[column].Text.Length));
        return definition.IsFigure ? natural : Math.Min(natural, definition.Least);
    }

    private static Table RandomTable(Random random)
    {
        var columns = Enumerable.Range(0, random.Next(1, 9))
            .Select(i => random.Next(2) == 0
                ? Column.Words($"word{i}", random.Next(4) == 0 ? Column.Always : random.Next(100))
                : new Column($"figure{i}", random.Next(4) == 0 ? Column.Always : random.Next(100)))
            .ToList();
        var rows = Enumerable.Range(0, random.Next(1, 5))
            .Select(IReadOnlyList<Cell> (_) => [.. columns.Select(_ => new Cell(new string('x', random.Next(0, 40))))])
            .ToList();
        return new Table(columns, rows);
    }
}
