using CostReport.Cli.Arguments;

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
    public static void Write(string path, string svg, Surroundings surroundings)
    {
        try
        {
            Replace(path, svg, surroundings);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or UserError)
        {
            throw UserError.Usage($"--chart '{SafeText.Short(path)}' cannot be written: {error.Message}");
        }
    }

    // Beside it first, then renamed: whoever looks sees the old picture or the new one, never half of it.
    private static void Replace(string path, string svg, Surroundings surroundings)
    {
        var target = Path.GetFullPath(path);
        var rasteriser = target.EndsWith(Raster, StringComparison.OrdinalIgnoreCase) ? Rasteriser.Find(surroundings.SearchPath) : null;
        var beside = $"{target}.{Environment.ProcessId}.tmp";
        var (drawn, rastered) = ($"{beside}.svg", $"{beside}.png");
        try
        {
            File.WriteAllText(drawn, svg);
            rasteriser?.Write(svg, drawn, rastered);
            File.Move(rasteriser is null ? drawn : rastered, target, overwrite: true);
        }
        finally
        {
            File.Delete(drawn);
            File.Delete(rastered);
        }
    }
}
