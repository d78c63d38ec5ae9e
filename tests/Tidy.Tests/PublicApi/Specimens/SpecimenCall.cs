namespace Tidy.Tests.PublicApi.Specimens;

public delegate int? SpecimenCall<T>(in T item);
