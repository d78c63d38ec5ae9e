using System.Runtime.CompilerServices;
using System.Text;

namespace Testing;

/// <summary>
/// Compares text with a file that a person has read and approved. With the variable <c>APPROVE=1</c> the files are written
/// instead; a changed file is then read, not just accepted.
/// </summary>
public static class Approval
{
    /// <summary>Fails unless the text is the approved one.</summary>
    /// <param name="actual">The text.</param>
    /// <param name="file">The file's name, in the folder <c>Approved</c> of the test project.</param>
    /// <param name="caller">The test's own file.</param>
    public static void Verify(string actual, string file, [CallerFilePath] string caller = "") =>
        VerifyFile(actual, Path.Combine(ProjectOf(caller), "Approved", file));

    /// <summary>Fails unless the text is that of a file.</summary>
    /// <param name="actual">The text.</param>
    /// <param name="path">The file.</param>
    public static void VerifyFile(string actual, string path)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("APPROVE"), "1", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        Xunit.Assert.True(File.Exists(path), $"{path} is missing; run once with APPROVE=1 and read it");
        Xunit.Assert.Equal(File.ReadAllText(path), actual);
    }

    /// <summary>The folder of the repository that a source file is in.</summary>
    /// <param name="caller">The source file.</param>
    /// <returns>The folder with the solution.</returns>
    public static string Repository([CallerFilePath] string caller = "") => FolderWith("telemetry.sln", caller);

    private static string ProjectOf(string caller) => FolderWith("*.csproj", caller);

    private static string FolderWith(string pattern, string caller)
    {
        for (var folder = new FileInfo(caller).Directory; folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles(pattern).Any())
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no {pattern} above {caller}");
    }
}
