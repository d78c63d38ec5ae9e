namespace Tidy.Tests.PublicApi.Specimens;

[Flags]
public enum SpecimenMode : byte
{
    None = 0,
    Some = 4,
}
