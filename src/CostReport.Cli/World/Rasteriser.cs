using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CostReport.Cli.Arguments;

namespace CostReport.Cli.World;

/// <summary>A program of the machine that turns SVG into PNG.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Path">Its file.</param>
internal sealed partial record Rasteriser(string Name, string Path)
{
    private const int PixelsPerUnit = 2;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);
    private static readonly string[] s_browsers = ["chromium", "chromium-browser", "google-chrome", "chrome", "msedge"];
    private static readonly string[] s_names = ["rsvg-convert", "resvg", .. s_browsers];
    private static readonly string s_ending = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>The first one that the folders of a search path hold.</summary>
    /// <param name="searchPath">The folders, as in <c>PATH</c>.</param>
    /// <exception cref="UserError">There is none.</exception>
    public static Rasteriser Find(string searchPath)
    {
        var folders = searchPath.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found =
            from name in s_names
            from folder in folders
            let path = System.IO.Path.Combine(folder, name + s_ending)
            where File.Exists(path)
            select new Rasteriser(name, path);
        return found.FirstOrDefault()
            ?? throw UserError.Usage("a .png needs rsvg-convert, resvg or Chromium on the PATH, and none is there; install one of them, or give a file name that ends in .svg");
    }

    /// <summary>Turns one file into another, two pixels for each unit.</summary>
    /// <param name="svg">The picture, drawn on a light page.</param>
    /// <param name="svgFile">The file that holds it.</param>
    /// <param name="pngFile">The file to write.</param>
    /// <exception cref="IOException">The program failed, wrote nothing or did not end.</exception>
    public void Write(string svg, string svgFile, string pngFile)
    {
        var profile = s_browsers.Contains(Name, StringComparer.Ordinal) ? Directory.CreateTempSubdirectory("costreport-") : null;
        try
        {
            Run(profile is null ? ConverterArguments(svgFile, pngFile) : BrowserArguments(svg, svgFile, pngFile, profile.FullName));
        }
        finally
        {
            Forget(profile);
        }

        if (!File.Exists(pngFile) || new FileInfo(pngFile).Length == 0)
        {
            throw new IOException($"{Name} wrote no picture");
        }
    }

    [GeneratedRegex("^<svg [^>]*viewBox=\"0 0 (?<width>[0-9]+) (?<height>[0-9]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Size();

    private static void Forget(DirectoryInfo? profile)
    {
        try
        {
            profile?.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A browser's helper may still write there; the system empties its folder of temporary files.
        }
    }

    private IReadOnlyList<string> ConverterArguments(string svgFile, string pngFile)
    {
        var zoom = PixelsPerUnit.ToString(CultureInfo.InvariantCulture);
        return string.Equals(Name, "resvg", StringComparison.Ordinal)
            ? ["--zoom", zoom, svgFile, pngFile]
            : ["--zoom", zoom, "--format", "png", "--output", pngFile, svgFile];
    }

    // A folder of its own leaves the user's browser alone. Root is refused a sandbox, and the picture holds no script.
    private static IReadOnlyList<string> BrowserArguments(string svg, string svgFile, string pngFile, string profile)
    {
        var size = Size().Match(svg);
        return
        [
            "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
            $"--user-data-dir={profile}",
            $"--force-device-scale-factor={PixelsPerUnit.ToString(CultureInfo.InvariantCulture)}",
            $"--window-size={size.Groups["width"].Value},{size.Groups["height"].Value}",
            $"--screenshot={pngFile}",
            .. Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? ["--no-sandbox"] : Array.Empty<string>(),
            new Uri(svgFile).AbsoluteUri,
        ];
    }

    private void Run(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Path) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = StartOrFail(start);
        var said = "";
        process.ErrorDataReceived += (_, line) => said = string.IsNullOrWhiteSpace(line.Data) ? said : line.Data;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        if (!process.WaitForExit(s_longest))
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"{Name} did not end within {s_longest.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException($"{Name} failed with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}: {said}");
        }
    }

    private Process StartOrFail(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new IOException($"{Name} did not start");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException($"{Name} did not start: {error.Message}", error);
        }
    }
}
