namespace MessagesSimulator.Prompts;

/// <summary>How long a cache entry lives without being read.</summary>
internal enum CacheTtl
{
    FiveMinutes,
    OneHour,
}
