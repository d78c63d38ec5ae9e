namespace Tidy.Tests.PublicApi.Specimens;

public sealed record SpecimenRecord(int A);
