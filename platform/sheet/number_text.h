// How numbers and dates of workbooks become the text a person sees in the cell. Digits are moved as text; nothing
// passes through binary floating point except the day count of a date.
#pragma once

#include <string>

namespace lintel::sheet {

struct NumberText {
  std::string text;
  bool lost_digits = false;  // An integer beyond the 15 digits that spreadsheet programs keep.
};

// "52229.870000000003" -> "52229.87", "4.4030119900101101E+17" -> "440301199001011000" with lost_digits. Whole numbers
// without an exponent keep every digit; anything else is cut to 15 significant digits, as the programs show it. Text
// that is no number is returned as it is.
NumberText NumberToText(const std::string& number);

// The same for a value that is already binary (old XLS).
NumberText NumberToText(double number);

// A day count as "2026-11-23", with " 14:30:00" when it has a time, or only the time when it has no day. A value
// outside the calendar of spreadsheet programs is treated as a number.
NumberText DateToText(const std::string& serial, bool since_1904);

// Whether a number format such as `yyyy"年"m"月"d"日"` shows a date or a time.
bool IsDateFormat(const std::string& format_code);
bool IsBuiltInDateFormat(int format_id);

}  // namespace lintel::sheet
