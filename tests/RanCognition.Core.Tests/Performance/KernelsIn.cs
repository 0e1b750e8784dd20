using System.Reflection;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance;

/// <summary>The kernels that an object holds, itself or in anything that it is made of.</summary>
internal static class KernelsIn
{
    /// <summary>One entry for each holder. Delegates are not followed: they lead to other owners.</summary>
    public static List<SimdOps> Of(object root)
    {
        List<SimdOps> kernels = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance) { root };
        Stack<object> open = new([root]);
        while (open.TryPop(out object? one))
        {
            foreach (object part in Parts(one))
            {
                if (part is SimdOps found)
                {
                    kernels.Add(found);
                }
                else if (part.GetType().IsValueType || seen.Add(part))
                {
                    open.Push(part);
                }
            }
        }
        return kernels;
    }

    private static IEnumerable<object> Parts(object one)
    {
        if (one is Array array)
        {
            return IsFollowed(array.GetType().GetElementType()!) ? array.Cast<object?>().OfType<object>() : [];
        }
        List<object> parts = [];
        for (Type? type = one.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (IsFollowed(field.FieldType) && field.GetValue(one) is { } value && IsFollowed(value.GetType()))
                {
                    parts.Add(value);
                }
            }
        }
        return parts;
    }

    private static bool IsFollowed(Type type) =>
        !(type.IsPrimitive || type.IsPointer || type.IsEnum || type == typeof(string) || typeof(Delegate).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type)
            || type.Namespace?.StartsWith("System.Threading", StringComparison.Ordinal) == true || type.Namespace?.StartsWith("System.Reflection", StringComparison.Ordinal) == true);
}
