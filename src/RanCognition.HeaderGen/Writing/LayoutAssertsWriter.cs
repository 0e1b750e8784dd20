using System.Text;
using RanCognition.HeaderGen.Model;

namespace RanCognition.HeaderGen.Writing;

/// <summary>native-tests/abi/layout_asserts.c: the C compiler confirms sizes, offsets and constants.</summary>
internal static class LayoutAssertsWriter
{
    public static string Write(ApiModel model)
    {
        StringBuilder text = new();
        text.Append($"/* {ManualText.GeneratedLine}\n *\n * Compiles only when the compiler lays the structs out as the library does. C99, C11 and C++. */\n");
        text.Append("""

            #include "rancognition.h"

            #if defined(__cplusplus)
            #define CHECK(name, condition) static_assert(condition, #name)
            #elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
            #define CHECK(name, condition) _Static_assert(condition, #name)
            #else
            #define CHECK(name, condition) typedef char check_##name[(condition) ? 1 : -1]
            #endif


            """);
        text.Append($"CHECK(RANCOG_ABI_VERSION_is, RANCOG_ABI_VERSION == {model.AbiVersion});\n");
        foreach (ApiConstant constant in model.Constants)
        {
            text.Append($"CHECK({constant.Name}_is, {constant.Name} == {constant.Value});\n");
        }
        text.Append("\nCHECK(pointers_have_8_bytes, sizeof(void *) == 8 && sizeof(size_t) == 8);\n");
        text.Append("CHECK(functions_have_8_bytes, sizeof(void (*)(void)) == 8);\n");
        foreach (ApiStruct type in model.Structs)
        {
            text.Append($"\nCHECK({type.Name}_size, sizeof({type.Name}) == {type.Size});\n");
            foreach (ApiField field in type.Fields)
            {
                text.Append($"CHECK({type.Name}_{field.Name}_offset, offsetof({type.Name}, {field.Name}) == {field.Offset});\n");
                text.Append($"CHECK({type.Name}_{field.Name}_size, sizeof((({type.Name} *)0)->{field.Name}) == {field.Size});\n");
            }
        }
        return text.ToString();
    }
}
