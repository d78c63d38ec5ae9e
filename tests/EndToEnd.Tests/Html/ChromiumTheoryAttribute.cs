using System.Runtime.CompilerServices;
using Xunit;

namespace EndToEnd.Tests.Html;

/// <summary>A test of many cases that needs Debian's Chromium; where there is none it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (ChromiumFactAttribute.Path is null)
        {
            Skip = "no chromium is on the PATH (Debian: apt-get install chromium)";
        }
    }
}
