using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Tidy.Tests.Rooms;

/// <summary>What the types of a compiled assembly use: in their signatures, bodies, locals, attributes and catch clauses.</summary>
internal sealed class AssemblyUses
{
    private readonly MetadataReader _metadata;
    private readonly PEReader _image;
    private readonly TypeNames _names;
    private readonly HashSet<RoomUse> _uses = [];
    private (string Space, string Name) _user;

    private AssemblyUses(PEReader image)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
        _names = new TypeNames(_metadata);
    }

    /// <summary>Reads an assembly's uses, those of its own types included.</summary>
    public static IReadOnlyCollection<RoomUse> Read(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var reader = new AssemblyUses(image);
        foreach (var handle in reader._metadata.TypeDefinitions)
        {
            reader.ReadType(handle);
        }

        return reader._uses;
    }

    /// <summary>The outermost types that an assembly declares, by namespace.</summary>
    public static ILookup<string, string> Types(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var names = new TypeNames(image.GetMetadataReader());
        return image.GetMetadataReader().TypeDefinitions
            .Select(names.OfDefinition)
            .Distinct()
            .ToLookup(type => type.Space, type => type.Name, StringComparer.Ordinal);
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        var self = _names.OfDefinition(handle);
        _user = (self.Space, self.Name);
        Use(_names.Of(type.BaseType));
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            Use(_names.Of(_metadata.GetInterfaceImplementation(implemented).Interface));
        }

        UseConstraints(type.GetGenericParameters());
        UseAttributes(type.GetCustomAttributes());
        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            Use(field.DecodeSignature(_names, null));
            UseAttributes(field.GetCustomAttributes());
        }

        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
        {
            UseAttributes(property.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            ReadMethod(method);
        }
    }

    private void ReadMethod(MethodDefinition method)
    {
        Use(method.DecodeSignature(_names, null));
        UseConstraints(method.GetGenericParameters());
        UseAttributes(method.GetCustomAttributes());
        foreach (var parameter in method.GetParameters())
        {
            UseAttributes(_metadata.GetParameter(parameter).GetCustomAttributes());
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            Use(_metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null).SelectMany(names => names));
        }

        foreach (var region in body.ExceptionRegions)
        {
            Use(_names.Of(region.CatchType));
        }

        foreach (var token in IlTokens.Read(body.GetILReader()))
        {
            UseToken(MetadataTokens.EntityHandle(token));
        }
    }

    private void UseToken(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification:
                Use(_names.Of(handle));
                break;
            case HandleKind.MemberReference:
                Use(_names.Of(_metadata.GetMemberReference((MemberReferenceHandle)handle).Parent));
                break;
            case HandleKind.MethodDefinition:
                Use(_names.Of(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()));
                break;
            case HandleKind.FieldDefinition:
                Use(_names.Of(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()));
                break;
            case HandleKind.MethodSpecification:
                var made = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Use(made.DecodeSignature(_names, null).SelectMany(names => names));
                UseToken(made.Method);
                break;
        }
    }

    private void UseConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(parameter => _metadata.GetGenericParameter(parameter).GetConstraints()))
        {
            Use(_names.Of(_metadata.GetGenericParameterConstraint(constraint).Type));
        }
    }

    private void UseAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes)
        {
            UseToken(_metadata.GetCustomAttribute(attribute).Constructor);
        }
    }

    private void Use(MethodSignature<IReadOnlyList<TypeName>> signature) =>
        Use(signature.ParameterTypes.Append(signature.ReturnType).SelectMany(names => names));

    private void Use(IEnumerable<TypeName> names)
    {
        foreach (var name in names)
        {
            _uses.Add(new RoomUse(_user.Space, _user.Name, name.Assembly, name.Space, name.Name));
        }
    }
}
