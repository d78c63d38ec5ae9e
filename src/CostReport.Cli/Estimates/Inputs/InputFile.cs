using CostReport.Cli.Arguments;
using CostReport.Cli.World;

namespace CostReport.Cli.Estimates.Inputs;

/// <summary>Opens the file that is asked for, or standard input.</summary>
internal static class InputFile
{
    /// <summary>The most that is read as one document: beyond it an array would be too long.</summary>
    public const long MostBytes = 1L << 30;

    private const string StandardInput = "-";

    /// <summary>What a report calls it.</summary>
    public static string NameOf(string file) => IsStandardInput(file) ? "standard input" : file;

    /// <summary>Opens it.</summary>
    /// <exception cref="UserError">It cannot be opened.</exception>
    public static Stream Open(string file, Surroundings surroundings)
    {
        if (IsStandardInput(file))
        {
            return surroundings.Input();
        }

        if (Directory.Exists(file))
        {
            throw UserError.Usage($"'{SafeText.Short(file)}' is a directory; give a file, or - for standard input");
        }

        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw UserError.Usage($"there is no file '{SafeText.Short(file)}'; give a file, or - for standard input");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw UserError.Usage($"the file '{SafeText.Short(file)}' cannot be read: {error.Message}");
        }
    }

    /// <summary>Reads it to its end.</summary>
    public static ReadOnlyMemory<byte> ReadAll(Stream stream)
    {
        try
        {
            using var buffer = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, MostBytes) : 0);
            var chunk = new byte[128 * 1024];
            for (var read = stream.Read(chunk); read > 0; read = stream.Read(chunk))
            {
                if (buffer.Length + read > MostBytes)
                {
                    throw UserError.Usage($"is longer than 1 GiB; the API takes 32 MB a request and 256 MB a batch");
                }

                buffer.Write(chunk, 0, read);
            }

            return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UserError.Usage($"cannot be read: {error.Message}");
        }
    }

    /// <summary>How an error calls it.</summary>
    public static string Describe(string file) => IsStandardInput(file) ? "standard input" : $"the file '{SafeText.Short(file)}'";

    private static bool IsStandardInput(string file) => string.Equals(file, StandardInput, StringComparison.Ordinal);
}
