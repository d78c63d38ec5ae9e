using CostLedger.Querying.Scanning;

namespace CostLedger.Querying.Errors;

/// <summary>How finely a period is cut, and all of its pieces.</summary>
internal static class ErrorSlots
{
    private const int MostHours = 48;
    private const int MostDays = 62;
    private const int MostWeeks = 62;
    private const int DaysPerWeek = 7;

    /// <summary>The unit that leaves no more pieces than can be looked at.</summary>
    public static TimeUnit UnitFor(TimeSpan length) => length switch
    {
        { TotalHours: <= MostHours } => TimeUnit.Hour,
        { TotalDays: <= MostDays } => TimeUnit.Day,
        { TotalDays: <= MostWeeks * DaysPerWeek } => TimeUnit.Week,
        _ => TimeUnit.Month,
    };

    /// <summary>The unit as a grouping.</summary>
    public static GroupKind KindOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Hour => GroupKind.Hour,
        TimeUnit.Day => GroupKind.Day,
        TimeUnit.Week => GroupKind.Week,
        _ => GroupKind.Month,
    };

    /// <summary>The numbers of all slots between two moments, in their order.</summary>
    public static IEnumerable<long> Between(DateTimeOffset first, DateTimeOffset last, TimeUnit unit, TimeZoneInfo zone)
    {
        var slots = new TimeSlots(unit, zone);
        var end = last.ToUnixTimeMilliseconds();
        var step = (long)StepOf(unit).TotalMilliseconds;
        long? before = null;
        for (var at = first.ToUnixTimeMilliseconds(); ; at = Math.Min(at + step, end))
        {
            var slot = slots.Of(at);
            if (slot != before)
            {
                yield return slot;
                before = slot;
            }

            if (at >= end)
            {
                yield break;
            }
        }
    }

    // Short enough to skip no slot: local hours begin on quarters of an hour, and a day may have 23 hours.
    private static TimeSpan StepOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Hour => TimeSpan.FromMinutes(15),
        TimeUnit.Day => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };
}
