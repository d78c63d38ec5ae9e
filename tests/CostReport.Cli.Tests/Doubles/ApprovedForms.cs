using System.Text.RegularExpressions;
using CostReport.Cli.Output;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>A report in every form, compared with what a person has read and approved.</summary>
/// <param name="program">Makes the program for a screen of a width, with colour or without.</param>
internal sealed class ApprovedForms(Func<int, bool, TestProgram> program)
{
    private const int UsualWidth = 120;
    private static readonly int[] s_widths = [80, UsualWidth, 200];

    /// <summary>The table at each width, and in colour at the usual one; colour changes nothing but colour, and ASCII is ASCII.</summary>
    /// <param name="name">The report's name among the approved texts.</param>
    /// <param name="line">The command line.</param>
    public void VerifyTables(string name, string line)
    {
        var words = line.Split(' ');
        foreach (var width in s_widths)
        {
            var plain = program(width, false).Run(words).Output;
            var colored = program(width, true).Run(words).Output;

            Assert.All(plain.Split('\n'), l => Assert.True(CellText.Width(l) <= width, $"{CellText.Width(l)} > {width}: {l}"));
            Assert.Equal(plain, Regex.Replace(colored, "\e\\[[0-9;]*m", "", RegexOptions.None, TimeSpan.FromSeconds(1)));
            Assert.All(program(width, false).Run([.. words, "--ascii"]).Output, c => Assert.True(c is >= '\n' and <= '~', $"{name}: {c}"));
            Approval.Verify(plain, $"table-{name}-{width}.txt");
            if (width == UsualWidth)
            {
                Approval.Verify(colored.Replace("\e", "<ESC>", StringComparison.Ordinal), $"color-{name}-{width}.txt");
            }
        }
    }

    /// <summary>Markdown, JSON and CSV, in none of which there is colour.</summary>
    /// <param name="name">The report's name among the approved texts.</param>
    /// <param name="line">The command line.</param>
    public void VerifyFiles(string name, string line)
    {
        foreach (var (format, extension) in new[] { ("markdown", "md"), ("json", "json"), ("csv", "csv") })
        {
            var (_, output, _) = program(80, true).Run([.. line.Split(' '), "--format", format]);

            Assert.DoesNotContain('\e', output);
            Approval.Verify(output, $"{name}.{extension}");
        }
    }
}
