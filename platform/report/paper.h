// Drawing on pages of a PDF in millimetres: text shaped by Pango, lines by Cairo, the font embedded.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::report {

enum class Align { kLeft, kCenter, kRight };

struct TextStyle {
  double points = 9;
  bool bold = false;
  Align align = Align::kLeft;
  bool wrap = false;  // Else the text is made smaller until it fits its width, to half its size, and then cut with "…".
  double grey = 0;    // 0 black to 1 white.
};

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;  // 0: one line.
};

// Not for two threads.
class Paper {
 public:
  // UNAVAILABLE, reason FONT_MISSING, when the system would put another font in the place of `font`.
  static absl::StatusOr<Paper> Open(double width_mm, double height_mm, const std::string& font);

  // Draws inside the box, from its top. INVALID_ARGUMENT, reason GLYPH_MISSING, when no installed font has a character.
  absl::Status Text(const Box& box, const std::string& text, const TextStyle& style);
  void Line(double x1, double y1, double x2, double y2, double width_mm = 0.2);
  void Rectangle(const Box& box, double width_mm = 0.2);
  void Fill(const Box& box, double grey);
  // How high `text` becomes in this width when it wraps.
  double HeightOf(const std::string& text, double width_mm, const TextStyle& style);
  double WidthOf(const std::string& text, const TextStyle& style);
  void NextPage();
  // Shifts everything that follows.
  void Shift(double x_mm, double y_mm);

  // The finished file; the paper cannot be drawn on afterwards.
  absl::StatusOr<std::string> Finish();

  Paper(Paper&&) noexcept;
  ~Paper();

 private:
  struct Impl;
  explicit Paper(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lintel::report
