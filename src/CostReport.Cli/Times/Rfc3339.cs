using System.Globalization;

namespace CostReport.Cli.Times;

/// <summary>Writes a moment for programs (RFC 3339): with its offset, <c>Z</c> for UTC, fractions only where there are some.</summary>
internal static class Rfc3339
{
    /// <summary>The moment with its own offset.</summary>
    public static string Of(DateTimeOffset moment) => moment.Offset == TimeSpan.Zero
        ? moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)
        : moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);

    /// <summary>The moment in UTC.</summary>
    public static string Utc(DateTimeOffset moment) => Of(moment.ToUniversalTime());
}
