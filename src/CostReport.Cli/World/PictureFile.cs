using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;

namespace CostReport.Cli.World;

/// <summary>Writes a picture's file: whole or not at all.</summary>
internal static class PictureFile
{
    private const string Raster = ".png";

    /// <summary>Writes the file that <c>--chart</c> names: SVG, or PNG by a program of the machine.</summary>
    /// <param name="path">The file.</param>
    /// <param name="svg">The picture.</param>
    /// <param name="surroundings">Say where programs are.</param>
    /// <exception cref="UserError">It cannot be written.</exception>
    public static void Write(string path, string svg, Surroundings surroundings) => WholeFile.Write("--chart", path, beside =>
    {
        if (path.EndsWith(Raster, StringComparison.OrdinalIgnoreCase))
        {
            Rasterise(svg, beside, Rasteriser.Find(surroundings.SearchPath));
        }
        else
        {
            File.WriteAllText(beside, svg);
        }
    });

    /// <summary>Draws the chart of a command, where one is asked for.</summary>
    /// <param name="invocation">What was asked for.</param>
    /// <param name="chart">Makes it.</param>
    /// <param name="surroundings">Say where programs are.</param>
    /// <exception cref="UserError">It cannot be written.</exception>
    public static void Write(Invocation invocation, Func<Chart> chart, Surroundings surroundings)
    {
        if (invocation.Chart is { } path)
        {
            Write(path, chart().Draw(), surroundings);
        }
    }

    private static void Rasterise(string svg, string file, Rasteriser rasteriser)
    {
        var drawn = $"{file}.svg";
        try
        {
            File.WriteAllText(drawn, svg);
            rasteriser.Write(svg, drawn, file);
        }
        finally
        {
            File.Delete(drawn);
        }
    }
}
