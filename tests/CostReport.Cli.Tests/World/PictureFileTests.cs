using System.Buffers.Binary;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.World;

public sealed class PictureFileTests : IDisposable
{
    private const UnixFileMode Runnable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("picture");
    private readonly DirectoryInfo _programs = Directory.CreateTempSubdirectory("programs");

    private string Picture => Path.Combine(_folder.FullName, "cost.png");

    [Fact]
    public void Without_a_rasteriser_one_line_says_so_and_nothing_is_written()
    {
        var (code, output, errors) = Run();

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.EndsWith("cannot be written: a .png needs rsvg-convert, resvg or Chromium on the PATH, and none is there; install one of them, or give a file name that ends in .svg\n", errors, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData("rsvg-convert", "cp \"$7\" \"$6\"")]
    [InlineData("resvg", "cp \"$3\" \"$4\"")]
    [InlineData("chromium", "for a; do case \"$a\" in --screenshot=*) cp \"$SVG\" \"${a#*=}\";; file:*) ;; esac; done", "for a; do case \"$a\" in file://*) SVG=${a#file://};; esac; done")]
    public void Each_rasteriser_is_told_what_to_read_and_what_to_write(string name, string script, string before = "")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are scripts of a shell");
        Install(name, $"{before}\n{script}");

        var (code, _, errors) = Run();

        Assert.Equal("", errors);
        Assert.Equal(ExitCode.Fine, code);
        Assert.StartsWith("<svg ", File.ReadAllText(Picture), StringComparison.Ordinal);
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData("echo no memory >&2; exit 3", "rsvg-convert failed with 3: no memory")]
    [InlineData("exit 0", "rsvg-convert wrote no picture")]
    [InlineData(": > \"$6\"", "rsvg-convert wrote no picture")]
    public void A_rasteriser_that_fails_is_one_line_and_the_old_picture_stays(string script, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are scripts of a shell");
        Install("rsvg-convert", script);
        File.WriteAllText(Picture, "old");

        var (code, output, errors) = Run();

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.EndsWith($"cannot be written: {expected}\n", errors, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Picture));
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void The_first_of_several_is_taken()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are scripts of a shell");
        Install("resvg", "exit 1");
        Install("rsvg-convert", "cp \"$7\" \"$6\"");

        Assert.Equal(ExitCode.Fine, Run().Code);
    }

    [Fact]
    public void A_real_rasteriser_draws_a_real_picture_with_two_pixels_for_each_unit()
    {
        var search = Environment.GetEnvironmentVariable("PATH") ?? "";
        var (code, _, errors) = Run(search);
        Assert.SkipWhen(errors.Contains("none is there", StringComparison.Ordinal), "no rasteriser on the PATH");

        Assert.Equal("", errors);
        Assert.Equal(ExitCode.Fine, code);
        var png = File.ReadAllBytes(Picture);
        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'], png[..8]);
        Assert.Equal(2 * 960, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Single(_folder.GetFileSystemInfos());
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _programs.Delete(recursive: true);
    }

    private void Install(string name, string script)
    {
        var path = Path.Combine(_programs.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Runnable);
        }
    }

    private (ExitCode Code, string Output, string Errors) Run(string? search = null) =>
        new TestProgram(new FakeLedger(Sample.TwoWeeks())) { SearchPath = search ?? _programs.FullName }.Run("--since", "7d", "--chart", Picture);
}
