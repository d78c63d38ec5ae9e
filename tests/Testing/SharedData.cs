namespace Testing;

/// <summary>Where the data beside the repository is.</summary>
public static class SharedData
{
    /// <summary>The folder of recorded calls and facts, or null where it is absent.</summary>
    public static string? Root { get; } = Find();

    /// <summary>Skips the running test, visibly, where the data is absent.</summary>
    public static string RequireRoot()
    {
        Xunit.Assert.SkipWhen(Root is null, "the recorded calls are not beside the repository (../shared)");
        return Root!;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "recorded");
            if (Directory.Exists(candidate))
            {
                return Path.GetDirectoryName(candidate);
            }
        }

        return null;
    }
}
