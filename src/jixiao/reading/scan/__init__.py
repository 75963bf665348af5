"""Scans and photos: pictures of pages, made flat, with the grid that their rules draw.

Only this room works on pixels, with numpy and OpenCV (the extra `ocr`), and so with binary fractions. What leaves it
is whole: boxes in hundredths of a point, confidences as decimals.
"""
