namespace Tidy.Tests.PublicApi.Specimens;

public static class SpecimenSteps
{
    public static bool Allows(SpecimenMode mode = SpecimenMode.Some) => mode == SpecimenMode.Some;

    public static T First<T>(this IEnumerable<T> items, params string[] names) => items.ElementAt(names.Length);
}
